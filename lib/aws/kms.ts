import { isAwsManagedByName } from "../core/judge/judge-key.ts";
import type { Answer, KeyFact } from "../core/model/types.ts";
import { unknownFrom } from "./failure.ts";
import { clientOptions, type Target } from "./target.ts";

type Known = Extract<Answer, { is: "key" }>;
type Sdk = typeof import("./kms-commands.ts");
type Client = InstanceType<Sdk["KMSClient"]>;

/** A key's aliases fit one page: 50 are the quota (KMS Developer Guide, "Resource quotas"). */
const ALIASES = 100;

/** Asks KMS about a key, with what was given. The client is loaded with the first call. */
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
      const { KeyMetadata: metadata } = await client.send(new sdk.DescribeKeyCommand({ KeyId: key }));
      if (!metadata?.Arn || !metadata.KeyManager)
        return { is: "unknown", because: "KMS answered without the key's manager" };
      const known: Known = {
        is: "key",
        arn: metadata.Arn,
        manager: metadata.KeyManager,
        state: metadata.KeyState ?? "unknown",
      };
      const own = metadata.Arn.split(":")[4] === account;
      const [aliases, rotates] = await Promise.all([
        // Aliases of another account's key cannot be listed (API Reference of ListAliases).
        and.includes("aliases") && own ? aliasesOf(client, sdk, known.arn) : undefined,
        and.includes("rotation") && known.manager === "CUSTOMER" ? rotationOf(client, sdk, known.arn) : undefined,
      ]);
      return { ...known, ...(aliases ? { aliases } : {}), ...(rotates === undefined ? {} : { rotates }) };
    } catch (error) {
      return unknownFrom(error);
    }
  };
}

async function aliasesOf(client: Client, { ListAliasesCommand }: Sdk, arn: string): Promise<string[]> {
  const { Aliases = [] } = await client.send(new ListAliasesCommand({ KeyId: arn, Limit: ALIASES }));
  return Aliases.flatMap(({ AliasName }) => (AliasName ? [AliasName] : []));
}

/** Asymmetric keys and those with imported material have no rotation at all. */
async function rotationOf(client: Client, { GetKeyRotationStatusCommand }: Sdk, arn: string): Promise<boolean> {
  try {
    const { KeyRotationEnabled } = await client.send(new GetKeyRotationStatusCommand({ KeyId: arn }));
    return KeyRotationEnabled === true;
  } catch (error) {
    if (error instanceof Error && error.name === "UnsupportedOperationException") return false;
    throw error;
  }
}
