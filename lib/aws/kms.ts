import { isAwsManagedByName } from "../core/judge/key-form.ts";
import { parseArn } from "../core/model/arn.ts";
import { defined } from "../core/model/defined.ts";
import type { Answer, KeyFact } from "../core/model/look-up.ts";
import { unknownFrom } from "./failure.ts";
import { clientOptions, type Target } from "./target.ts";

type Sdk = typeof import("./kms-commands.ts");
type Client = InstanceType<Sdk["KMSClient"]>;

/** A key's aliases fit on one page: the quota is 50 (KMS Developer Guide, "Resource quotas"). */
const ALIASES = 100;

/** Looks up a key in KMS by the identifier that the caller gave. The client is loaded with the first call. */
export function createKeys(target: Target): (key: string, and: readonly KeyFact[], account: string) => Promise<Answer> {
  const load = async () => {
    const sdk = await import("./kms-commands.ts");
    return { sdk, client: new sdk.KMSClient(clientOptions(target)) };
  };
  let loaded: ReturnType<typeof load> | undefined;
  return async (key, and, account) => {
    // DescribeKey of alias/aws/… would create that key (API Reference of DescribeKey).
    if (isAwsManagedByName(key)) throw new Error("an AWS managed key is never looked up by its alias");
    try {
      loaded ??= load();
      const { sdk, client } = await loaded;
      return await describeKey(client, sdk, key, and, account);
    } catch (error) {
      return unknownFrom(error);
    }
  };
}

async function describeKey(
  client: Client,
  sdk: Sdk,
  key: string,
  and: readonly KeyFact[],
  account: string,
): Promise<Answer> {
  const { KeyMetadata: metadata } = await client.send(new sdk.DescribeKeyCommand({ KeyId: key }));
  if (!metadata?.Arn || !metadata.KeyManager) {
    return { is: "unknown", reason: { code: "incomplete-answer", service: "KMS", lacks: "the key's manager" } };
  }
  const { Arn: arn, KeyManager: manager, KeyState: state = "unknown" } = metadata;
  const own = parseArn(arn)?.account === account;
  const [aliases, rotates] = await Promise.all([
    // Aliases of another account's key cannot be listed (API Reference of ListAliases).
    and.includes("aliases") && own ? aliasesOf(client, sdk, arn) : undefined,
    and.includes("rotation") && manager === "CUSTOMER" ? rotationOf(client, sdk, arn) : undefined,
  ]);
  return { is: "key", arn, manager, state, ...defined({ aliases, rotates }) };
}

async function aliasesOf(client: Client, { ListAliasesCommand }: Sdk, arn: string): Promise<string[]> {
  const { Aliases = [] } = await client.send(new ListAliasesCommand({ KeyId: arn, Limit: ALIASES }));
  return Aliases.flatMap(({ AliasName }) => (AliasName ? [AliasName] : []));
}

/** Asymmetric keys, and keys with imported material, do not support rotation. */
async function rotationOf(client: Client, { GetKeyRotationStatusCommand }: Sdk, arn: string): Promise<boolean> {
  try {
    const { KeyRotationEnabled } = await client.send(new GetKeyRotationStatusCommand({ KeyId: arn }));
    return KeyRotationEnabled === true;
  } catch (error) {
    if (error instanceof Error && error.name === "UnsupportedOperationException") return false;
    throw error;
  }
}
