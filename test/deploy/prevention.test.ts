import { CreatePolicyCommand, IAMClient } from "@aws-sdk/client-iam";
import { expect, it } from "vitest";
import { LIMITS, packDocuments } from "../../lib/prevent/documents.ts";
import { statementsOf } from "../../lib/prevent/statements.ts";
import { policies, TODAY } from "../prevent/policies.ts";
import { startMoto } from "../support/moto-server.ts";

it("another stand-in for IAM accepts every managed policy", async ({ skip }) => {
  const moto = await startMoto();
  skip(!moto, "moto_server is not on the PATH");
  if (!moto) return;
  const { endpoint, credentials } = moto;
  const iam = new IAMClient({ endpoint, credentials, region: "us-east-1" });
  try {
    for (const [name, policy] of Object.entries(policies)) {
      const packed = packDocuments(statementsOf(policy, TODAY).statements, LIMITS.iam);
      for (const [i, PolicyDocument] of (packed.ok ? packed.documents : []).entries()) {
        const PolicyName = `${name.replace(/\W+/g, "-")}-${i}`;
        const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }));
        expect(Policy?.PolicyName).toBe(PolicyName);
      }
    }
  } finally {
    iam.destroy();
    moto.stop();
  }
});
