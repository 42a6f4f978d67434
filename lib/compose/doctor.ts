import type { Target } from "../aws/target.ts";
import { readControl, readPushed } from "../control/change-control.ts";
import type { Fact, Facts, InForce, Place, StackResource } from "../doctor/facts.ts";
import { controlStore, type Stack } from "./account.ts";

/** Reads an installation. The clients of a dozen services are loaded only here. */
export async function readFacts(stack: Stack, now: Date): Promise<Facts | Exclude<Fact<never>, { is: "known" }>> {
  const { readInstallation } = await import("../aws/doctor/read-installation.ts");
  const { readStack } = await import("../aws/doctor/stack.ts");
  const { region, name, parameters, outputs } = stack;
  const resources: Fact<readonly StackResource[]> = await readStack(region, name);
  if (resources.is !== "known") return resources;
  const place: Place = { stack: name, region, account: stack.account, partition: partitionOf(outputs) };
  const [control, facts] = await Promise.all([
    readInForce({ region }, outputs.LedgerBucket ?? "", stack.account),
    readInstallation({ place, parameters, outputs, resources: resources.value, now }),
  ]);
  return { ...facts, control };
}

/** The control object, and whether the policy that it names can be used. */
async function readInForce(target: Target, bucket: string, owner: string): Promise<Fact<InForce>> {
  const store = controlStore(target, bucket, owner);
  const current = await readControl(store);
  const action = "s3:GetObject";
  if (current.is === "fault") {
    const { reason } = current;
    if (reason.code === "aws-denied") return { is: "denied", action, reason };
    return { is: "known", value: { control: undefined, policy: undefined, fault: reason } };
  }
  const { control } = current;
  if (control?.policyVersion === undefined) return { is: "known", value: { control, policy: undefined } };
  const pushed = await readPushed(store, control.policyVersion);
  if (pushed.is === "pushed") {
    return { is: "known", value: { control, policy: { is: "known", value: { mode: pushed.policy.mode } } } };
  }
  const { reason } = pushed;
  return reason.code === "aws-denied"
    ? { is: "known", value: { control, policy: { is: "denied", action, reason } } }
    : { is: "known", value: { control, policy: undefined, policyFault: reason } };
}

/** `aws`, `aws-cn`, …: the second part of every ARN. */
const partitionOf = ({ OperatorsTopicArn = "" }: Stack["outputs"]): string => OperatorsTopicArn.split(":")[1] || "aws";
