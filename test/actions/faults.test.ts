import { describe, expect, it } from "vitest";
import { createSageMaker } from "../../lib/aws/sagemaker.ts";
import type { LookUp } from "../../lib/core/model/look-up.ts";
import { judgeWithLookUps } from "../../lib/enforce/judge/resolve.ts";
import { respond } from "../../lib/enforce/respond.ts";
import type { Ports } from "../../lib/ports/ports.ts";
import { callOf, KEY, policyOf } from "../support/build.ts";
import { arnOf, embeddedState, entriesOf, firstDelivery, happen } from "../support/world.ts";

const job = [
  { TrainingJobName: "t", ResourceConfig: { InstanceType: "ml.m5.large" } },
  { TrainingJobArn: arnOf("training-job", "t") },
] as const;
const bug = () => Promise.reject(new TypeError("a bug"));
const FAULT = { code: "fault", error: "TypeError: a bug" };
const UNAVAILABLE = { is: "unavailable", reason: { code: "other-delivery" }, retryable: false } as const;

/** Ports that collect the faults; `broken` replaces some of them by ports with a bug. */
async function brokenWorld(broken: Partial<Ports>, policy = policyOf()) {
  const world = await embeddedState(policy);
  const faults: unknown[] = [];
  const recordFault: Ports["recordFault"] = (at, error) => void faults.push({ ...at, error: String(error) });
  return { ...world, faults, ports: { ...world.ports, ...broken, recordFault } };
}

describe("an action with a bug", () => {
  it.each([
    ["tag", { tag: bug }, 0],
    ["stop", { stop: bug }, 1],
    ["stop", { limiter: { take: bug, giveBack: bug } }, 1],
    ["notify", { notify: bug }, 2],
  ] as const)("fails for good and is reported, and the other actions are done: %s", async (action, broken, at) => {
    const world = await brokenWorld(broken);
    const { decision, next } = await respond(
      happen(world.aws, "CreateTrainingJob", ...job),
      world.ports,
      firstDelivery(world),
    );
    expect(next).toBe("deadLetter");
    expect(decision.actions.map(({ outcome }) => outcome)).toEqual(["done", "done", "done"].with(at, "failed"));
    expect(decision.actions[at]).toEqual({ do: action, outcome: "failed", reason: FAULT, isFinal: true });
    expect(world.faults).toEqual([{ eventID: decision.eventID, action, error: "TypeError: a bug" }]);
    expect(entriesOf(world.aws)).toMatchObject([{ state: "waiting" }]);
  });

  it("fails without the ledger too, and the other actions wait for the ledger", async () => {
    const world = await brokenWorld({
      notify: bug,
      ledger: {
        open: async () => UNAVAILABLE,
        settle: async () => UNAVAILABLE,
        note: async () => UNAVAILABLE,
        hasReported: async () => undefined,
      },
    });
    const { decision, next } = await respond(happen(world.aws, "CreateTrainingJob", ...job), world.ports, {
      ...firstDelivery(world),
      receives: 2,
    });
    expect(next).toBe("retry");
    expect(decision.actions.map(({ outcome, reason }) => `${outcome} ${reason?.code}`)).toEqual([
      "deferred ledger-unavailable",
      "deferred ledger-unavailable",
      "failed fault",
    ]);
  });
});

describe("a look-up with a bug", () => {
  it("leaves the verdict undetermined, is reported, and is not retried", async () => {
    const world = await brokenWorld({ resolve: bug }, policyOf({ keys: { accept: "customer-managed" } }));
    const request = { NotebookInstanceName: "nb", KmsKeyId: KEY };
    const call = callOf("CreateNotebookInstance", request);
    const { judgement, unanswered } = await judgeWithLookUps(call, world.ports);
    expect({ verdict: judgement.verdict, unanswered }).toEqual({ verdict: "undetermined", unanswered: false });
    expect(world.faults).toEqual([{ lookUp: "key", error: "TypeError: a bug" }]);
  });

  it("is not cached: the same look-up fails again", async () => {
    const world = await embeddedState(policyOf({ keys: { accept: "customer-managed" } }));
    const named: LookUp = { ask: "key", key: "alias/aws/s3", account: "111122223333", region: "us-east-1", and: [] };
    await expect(world.ports.resolve(named)).rejects.toThrow("an AWS managed key is never looked up by its alias");
    await expect(world.ports.resolve(named)).rejects.toThrow();
  });
});

it("an operation without a command is a bug, not a failure of AWS", async () => {
  const sagemaker = createSageMaker({ region: "us-east-1" });
  await expect(sagemaker.describe("DescribeQuantumJob", {})).rejects.toThrow("is not in the list of commands");
});
