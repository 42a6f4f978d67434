import { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient } from "@aws-sdk/client-kms";
import type { Key } from "../../doctor/facts.ts";
import { ask, optionsIn } from "./ask.ts";
import { documentOf } from "./document.ts";

/** A key's state and its policy. */
export async function readKey(region: string, arn: string): Promise<Key> {
  const client = new KMSClient(optionsIn(region));
  const [state, policy] = await Promise.all([
    ask("kms:DescribeKey", async () => {
      const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: arn }));
      return KeyMetadata?.KeyState ?? "unknown";
    }),
    ask("kms:GetKeyPolicy", async () => {
      const { Policy } = await client.send(new GetKeyPolicyCommand({ KeyId: arn, PolicyName: "default" }));
      return documentOf(Policy) ?? {};
    }),
  ]);
  return { arn, state, policy };
}
