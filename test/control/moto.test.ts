import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { afterAll, describe, expect, it } from "vitest";
import { controlStore } from "../../lib/compose/account.ts";
import { awsPortsInForce } from "../../lib/compose/aws-ports.ts";
import { pushPolicy, switchMode } from "../../lib/control/change-control.ts";
import { respond } from "../../lib/enforce/respond.ts";
import { versionOf } from "../../lib/policy/version.ts";
import { callOf, policyOf } from "../support/build.ts";
import { type Moto, startMoto } from "../support/moto-server.ts";
import { arnOf, recordOf } from "../support/world.ts";

const moto = await startMoto();
const ACCOUNT = "123456789012";

describe.skipIf(!moto)("on moto_server (skipped where it is not on the PATH)", () => {
  const { endpoint, credentials } = moto as Moto;
  const target = { endpoint, credentials };
  afterAll(() => moto?.stop());

  it("mode and policy change while events flow, and each decision names the version it was made under", async () => {
    const [s3, sns] = [
      new S3Client({ ...target, region: "us-east-1", forcePathStyle: true }),
      new SNSClient({ ...target, region: "us-east-1" }),
    ];
    await s3.send(new CreateBucketCommand({ Bucket: "ledger" }));
    const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "keyward" }));
    const [builtIn, lenient] = [policyOf(), policyOf({ require: { volume: false, output: false } })];
    let elapsed = 0;
    const inForce = awsPortsInForce({
      policy: builtIn,
      mode: "enforce",
      topicArn: TopicArn,
      ledgerBucket: "ledger",
      target,
      elapsed: () => elapsed,
      log: () => {},
    });
    const author = { by: "me", at: new Date(), because: "a test" };
    const store = controlStore({ ...target, region: "us-east-1" }, "ledger", ACCOUNT);
    const seen: unknown[] = [];
    let event = 0;
    const flow = async () => {
      elapsed += 60_000;
      const ports = await inForce();
      if ("reason" in ports) throw new Error(ports.reason.code);
      const name = `job-${event++}`;
      const record = recordOf(
        callOf(
          "CreateTrainingJob",
          { TrainingJobName: name, ResourceConfig: { InstanceType: "ml.m5.large" } },
          {
            trainingJobArn: arnOf("training-job", name),
          },
        ),
      );
      const delivery = { receives: 1, sentAt: new Date(), isRedriven: false, isLast: false };
      const { decision } = await respond(
        { ...record, id: name, detail: { ...(record.detail as object), eventID: name } },
        ports,
        delivery,
      );
      seen.push([decision.verdict, decision.policy, decision.actions.find((one) => one.do === "notify")?.outcome]);
    };
    await flow();
    await switchMode(store, "observe", author);
    await flow();
    await switchMode(store, "enforce", { ...author, at: new Date(0) });
    await pushPolicy(store, lenient, "", author);
    await flow();
    await pushPolicy(store, builtIn, "", author);
    await flow();
    expect(seen).toEqual([
      ["non-compliant", versionOf(builtIn), "done"],
      ["non-compliant", versionOf(builtIn), "skipped"],
      ["compliant", versionOf(lenient), undefined],
      ["non-compliant", versionOf(builtIn), "done"],
    ]);
  });
});
