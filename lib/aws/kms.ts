import { isAwsManagedByName } from "../core/key.ts";
import type { Answer } from "../core/types.ts";
import { unknownFrom } from "./failure.ts";
import { clientOptions, type Target } from "./target.ts";

/** Asks KMS about a key, with what was given. The client is loaded with the first call. */
export function createKeys(target: Target): (key: string) => Promise<Answer> {
  const load = async () => {
    const { DescribeKeyCommand, KMSClient } = await import("./kms-commands.ts");
    return { DescribeKeyCommand, client: new KMSClient(clientOptions(target)) };
  };
  let loaded: ReturnType<typeof load> | undefined;
  return async (key) => {
    // DescribeKey of alias/aws/… would create that key (API Reference of DescribeKey).
    if (isAwsManagedByName(key)) throw new Error("an AWS managed key is never looked up by its alias");
    try {
      loaded ??= load();
      const { DescribeKeyCommand, client } = await loaded;
      const { KeyMetadata: metadata } = await client.send(new DescribeKeyCommand({ KeyId: key }));
      if (!metadata?.Arn || !metadata.KeyManager)
        return { is: "unknown", because: "KMS answered without the key's manager" };
      return { is: "key", arn: metadata.Arn, manager: metadata.KeyManager, state: metadata.KeyState ?? "unknown" };
    } catch (error) {
      return unknownFrom(error);
    }
  };
}
