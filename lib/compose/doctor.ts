import type { Target } from "../aws/target.ts";
import { readControl, readPushed } from "../control/change-control.ts";
import { defined } from "../core/model/defined.ts";
import type { Reason } from "../core/model/reason.ts";
import type { Fact, Facts, InForce, NotKnown, Place, StackResource } from "../doctor/facts.ts";
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
  if (current.is === "fault") {
    return notReadFor(current.reason) ?? known({ control: undefined, policy: undefined, fault: current.reason });
  }
  const { control } = current;
  if (control?.policyVersion === undefined) return known({ control, policy: undefined });
  const pushed = await readPushed(store, control.policyVersion);
  if (pushed.is === "pushed") return known({ control, policy: known({ mode: pushed.policy.mode }) });
  const policy = notReadFor(pushed.reason);
  return known({ control, policy, ...defined({ policyFault: policy ? undefined : pushed.reason }) });
}

const known = <T>(value: T): Fact<T> => ({ is: "known", value });

/** An object that AWS refused or did not give is not known; every other fault is the object's own. */
function notReadFor(reason: Reason): NotKnown | undefined {
  const action = "s3:GetObject";
  switch (reason.code) {
    case "aws-denied":
      return { is: "denied", action, reason };
    case "aws-throttled":
    case "aws-unanswered":
    case "aws-unavailable":
    case "aws-failed":
      return { is: "failed", action, reason };
    default:
      return undefined;
  }
}

/** `aws`, `aws-cn`, …: the second part of every ARN. */
const partitionOf = ({ OperatorsTopicArn = "" }: Stack["outputs"]): string => OperatorsTopicArn.split(":")[1] || "aws";
