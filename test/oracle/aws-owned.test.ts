import { describe, expect, it } from "vitest";
import { isLookedUp, kindOf } from "../../lib/catalogue/kinds.ts";
import { judge } from "../../lib/core/judge/judge.ts";
import type { Json, JsonObject } from "../../lib/core/model/json.ts";
import type { Answer, LookUp } from "../../lib/core/model/look-up.ts";
import { lookUpId } from "../../lib/core/model/look-up.ts";
import type { Judgement } from "../../lib/core/model/types.ts";
import { plan } from "../../lib/core/plan/plan.ts";
import { randomOf } from "../long/random.ts";
import { callOf, policyOf } from "../support/build.ts";
import { membersOf, sdkOperations } from "../support/sdk-schemas.ts";
import { answerOf } from "./facts.ts";
import { walked } from "./random-case.ts";
import { randomRequest } from "./random-request.ts";
import { hintsOf, rows, settingsRow } from "./rows.ts";
import { shapeOf } from "./shapes.ts";

/**
 * AWS's own pipelines and hub content have `aws` for an account in their ARN. Such an ARN may stand wherever a request or
 * an answer names something: nothing throws, it is not looked up in the caller's account, and nothing is stopped for it.
 */
const OWN = "111122223333";
const RESOURCES = [
  "pipeline/model-customization",
  "pipeline/model-customization/execution/a1b2",
  "hub-content/SageMakerPublicHub/Model/llama/1.0.0",
];
const arnOf = (resource: string, account: string) => `arn:aws:sagemaker:us-east-1:${account}:${resource}`;

const RUNS = 6;
const sdk = sdkOperations();
const policy = policyOf({ buckets: { output: true, input: true } });

/** Members that hold an ARN by their name, and those that name what another account may own. */
const NAMED =
  /Arn$|^(PipelineName|HubContentName|HubName|EndpointConfigName|EndpointName|ModelName|JobDefinitionName)$|DefinitionName$/i;

const arnMembers = (operation: string, part: "input" | "output"): string[] =>
  membersOf(schemaOf(operation, part)).flatMap(({ path, name, type }) =>
    type === "string" && NAMED.test(name) ? [path] : [],
  );

function schemaOf(operation: string, part: "input" | "output") {
  const found = sdk.get(operation);
  if (!found) throw new Error(`the SDK has no ${operation}`);
  return found[part];
}

const hints = new Map<string, ReturnType<typeof hintsOf>>();

/** A random request or answer with the ARN of a resource in every member that can hold one. */
function withArns(operation: string, part: "input" | "output", row: string, arn: string, seed: number): JsonObject {
  const id = `${operation} ${part} ${row} ${arn}`;
  const special = new Map(arnMembers(operation, part).map((path) => [path, (): Json => arn] as const));
  const made = hints.get(id) ?? hintsOf(settingsRow(row, rows), special);
  hints.set(id, made);
  return randomRequest(shapeOf(schemaOf(operation, part)), made, randomOf(seed));
}

interface Made {
  readonly judgement: Judgement;
  readonly asked: readonly LookUp[];
}

/** Judges a random request of an operation in which everything has the ARN; look-ups get answers that have it too. */
function judgedWith(operation: string, arn: string, seed: number): Made {
  const { kind, definition } = settingsRow(operation, rows);
  const request = withArns(operation, "input", operation, arn, seed);
  if (definition !== undefined) delete (request as Record<string, Json>)[definition];
  const member = kindOf(kind).describe.arn;
  const call = callOf(operation, request, { [member]: arnOf(`${kind}/x`, OWN) });
  const asked: LookUp[] = [];
  const known = new Map<string, Answer>();
  let judgement = judge(call, policy, known);
  for (let round = 0; round < 6 && judgement.lookUps.length > 0; round++) {
    for (const lookUp of judgement.lookUps) {
      asked.push(lookUp);
      const answer: Answer =
        lookUp.ask === "describe"
          ? { is: "described", output: withArns(lookUp.operation, "output", operation, arn, seed) }
          : answerOf(lookUp);
      known.set(lookUpId(lookUp), answer);
    }
    judgement = judge(call, policy, known);
  }
  return { judgement, asked };
}

const isStopped = (judgement: Judgement): boolean =>
  plan(judgement, policy, new Date(0)).some((action) => action.do === "stop" && !("skip" in action));

describe.each(RESOURCES)("%s of AWS's own, in every member that can name it", (resource) => {
  it.each(walked)("%s", (operation) => {
    for (let seed = 1; seed <= RUNS; seed++) {
      const { judgement, asked } = judgedWith(operation, arnOf(resource, "aws"), seed);
      const ofAws = asked.filter((lookUp) => /:sagemaker:[^:]*:aws:/.test(lookUpId(lookUp)));
      expect({ seed, ofAws }).toEqual({ seed, ofAws: [] });
      const own = judgedWith(operation, arnOf(resource, OWN), seed);
      // What is stopped would be stopped with the account's own in its place.
      if (isStopped(judgement)) expect({ seed, stopped: isStopped(own.judgement) }).toEqual({ seed, stopped: true });
    }
  });
});

it("has met look-ups, stops, and members of every sort", () => {
  const made = walked.flatMap((operation) =>
    [1, 2, 3].map((seed) => ({ operation, ...judgedWith(operation, arnOf(RESOURCES[2] ?? "", "aws"), seed) })),
  );
  expect(made.filter(({ asked }) => asked.some(({ ask }) => ask === "describe")).length).toBeGreaterThan(10);
  expect(made.filter(({ judgement }) => isStopped(judgement)).length).toBeGreaterThan(10);
  expect(made.filter(({ judgement }) => judgement.reason?.code === "defined-by-aws").length).toBeGreaterThan(3);
  const offs = made.flatMap(({ judgement }) =>
    judgement.settings.filter(({ reason }) => reason?.code === "defined-by-aws").map(({ path }) => path),
  );
  expect(offs.some((path) => /HubAccessConfig|S3Uri/.test(path))).toBe(true);
  const names = walked.flatMap((operation) => arnMembers(operation, "input").map((path) => path.replace(/^.*\./, "")));
  expect(names).toEqual(expect.arrayContaining(["HubContentArn", "BaseModelArn", "PipelineName", "HubContentName"]));
  expect(walked.filter((operation) => isLookedUp(kindOf(settingsRow(operation, rows).kind))).length).toBeGreaterThan(
    50,
  );
});
