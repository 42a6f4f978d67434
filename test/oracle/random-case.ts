import { isLookedUp, kindOf } from "../../lib/catalogue/kinds.ts";
import type { Operation } from "../../lib/catalogue/vocabulary.ts";
import type { Json, JsonObject } from "../../lib/core/model/json.ts";
import { type Random, randomOf } from "../long/random.ts";
import { sdkOperations } from "../support/sdk-schemas.ts";
import { type Hints, randomRequest } from "./random-request.ts";
import { describedSettings, hintsOf, rows, settingsRow } from "./rows.ts";
import { type Shape, shapeOf } from "./shapes.ts";

/** One call, and AWS's answers about it. */
export interface RandomCase {
  readonly operation: string;
  /** The request, or `omitted` if CloudTrail omitted it. A pipeline's definition is an object in it. */
  readonly request: JsonObject | "omitted";
  /** The call's response: the resource's ARN and names. */
  readonly response: JsonObject;
  /** The answer of each Describe. */
  readonly described: Readonly<Record<string, JsonObject>>;
}

const sdk = sdkOperations();

/** A row from the reference alone has no schema. */
const isWalked = (name: string): boolean => sdk.has(name);

export const walked: readonly string[] = [...rows.keys()].filter(isWalked).sort();
export const notWalked: readonly string[] = [...rows.keys()].filter((name) => !isWalked(name));

const shapes = new Map<string, Shape>();

function shapeFor(operation: string, part: "input" | "output"): Shape | undefined {
  const schema = sdk.get(operation)?.[part];
  if (!schema) return undefined;
  const known = shapes.get(`${operation} ${part}`) ?? shapeOf(schema);
  shapes.set(`${operation} ${part}`, known);
  return known;
}

/** The call that a pipeline's step of each type makes (Developer Guide, "Pipelines steps"). */
export const STEP_CALLS: Readonly<Record<string, string>> = {
  AutoML: "CreateAutoMLJob",
  EndpointConfig: "CreateEndpointConfig",
  Model: "CreateModel",
  Processing: "CreateProcessingJob",
  RegisterModel: "CreateModelPackage",
  Training: "CreateTrainingJob",
  Transform: "CreateTransformJob",
  Tuning: "CreateHyperParameterTuningJob",
};

/** The member in which an execution of some of a pipeline's steps names these steps. */
export const SELECTED_STEP = "SelectiveExecutionConfig.SelectedSteps[].StepName";

const hints = new Map<string, Hints>();

function hintsFor(id: string, row: () => Operation): Hints {
  const known = hints.get(id);
  if (known) return known;
  const made = row();
  const special =
    made.definition === undefined
      ? new Map()
      : new Map<string, (random: Random) => Json>([
          [made.definition, randomDefinition],
          [SELECTED_STEP, (random) => `Step${random.below(4)}`],
        ]);
  const from = hintsOf(made, special);
  hints.set(id, from);
  return from;
}

function randomDefinition(random: Random): JsonObject {
  const Steps = Array.from({ length: random.below(4) }, (_, i) => {
    const Type = random.pick(Object.keys(STEP_CALLS));
    return { Name: `Step${i}`, Type, Arguments: requestFor(STEP_CALLS[Type] ?? "", random) };
  });
  return { Version: "2020-12-01", Steps };
}

function requestFor(operation: string, random: Random, part: "input" | "output" = "input"): JsonObject {
  const shape = shapeFor(operation, part);
  if (!shape) throw new Error(`the SDK has no ${operation}`);
  const row = settingsRow(operation, rows);
  return randomRequest(
    shape,
    hintsFor(`${operation} ${part}`, () => row),
    random,
  );
}

/** The case of a seed: the same seed makes the same one. */
export function randomCase(operation: string, seed: number): RandomCase {
  const random = randomOf(seed);
  const row = settingsRow(operation, rows);
  const request = random.below(25) === 0 ? "omitted" : requestFor(operation, random);
  const described: Record<string, JsonObject> = {};
  const { operation: own, arn, input } = kindOf(row.kind).describe;
  const names = Object.values(input).flatMap((members) => members.map((member) => [member, "x"]));
  const response = {
    ...(row.readsResponse && requestFor(operation, random, "output")),
    ...Object.fromEntries(names),
    [arn]: "arn:aws:sagemaker:us-east-1:111122223333:thing/x",
  };
  // What is only reported is never described.
  if (isLookedUp(kindOf(row.kind))) answer(own, () => ({ ...row, settings: describedSettings(row) }));
  for (const { describe, settings } of row.refersTo ?? []) {
    const made = rows.get(describe.replace("Describe", "Create"));
    const locations = made && "settings" in made ? made.locations : undefined;
    // The next reference starts from its answer.
    answer(describe, () => ({ ...row, settings, ...(locations && { locations }) }));
  }
  return { operation, request, response, described };

  function answer(describe: string, from: () => Operation): void {
    const shape = shapeFor(describe, "output");
    if (shape) described[describe] = randomRequest(shape, hintsFor(`${describe} ${row.operation}`, from), random);
  }
}
