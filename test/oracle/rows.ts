import type { Condition } from "../../lib/catalogue/condition.ts";
import { HUB_CONTENT, judgedOperations } from "../../lib/catalogue/operations.ts";
import type { FollowedOperation, Operation, Reference, Setting } from "../../lib/catalogue/vocabulary.ts";
import type { Json } from "../../lib/core/model/json.ts";
import type { Random } from "../long/random.ts";
import type { Hints } from "./random-request.ts";

/** The catalogue's rows as the oracle reads them: plain data, so that a test can change a copy. */
export type Rows = ReadonlyMap<string, Operation | FollowedOperation>;

export const rows: Rows = new Map(judgedOperations.map((row) => [row.operation, row as Operation | FollowedOperation]));

/** The row that has an operation's settings. */
export function settingsRow(operation: string, from: Rows): Operation {
  const row = from.get(operation);
  if (row && "settingsOf" in row) return settingsRow(row.settingsOf, from);
  if (!row) throw new Error(`the catalogue has no row for ${operation}`);
  return row;
}

/** The settings where Describe returns them. */
export const describedSettings = ({ settings }: Operation): Setting[] =>
  settings.flatMap((setting) =>
    setting.describedAt === null
      ? []
      : [
          {
            ...setting,
            path: setting.describedAt ?? setting.path,
            when: [...(setting.when ?? []), ...(setting.describedWhen ?? [])],
          },
        ],
  );

/** The use of a request's paths. `more`: further values that are made in another way, by path. */
export function hintsOf(
  { settings: list, locations, refersTo = [] }: Pick<Operation, "settings" | "locations" | "refersTo">,
  more: NonNullable<Hints["special"]> = new Map(),
): Hints {
  const special = new Map([...hubContentOf(locations?.input ?? []), ...more]);
  const conditions = [
    ...list.flatMap(({ when = [] }) => when),
    ...refersTo.flatMap(({ when }) => when ?? []),
    ...Object.values(locations?.when ?? {}),
  ];
  const keys = list.flatMap(({ path, twin }) => [path, ...(twin === undefined ? [] : [twin])]);
  const instanceTypes = list.flatMap(({ instanceTypes: given = [], alternatives }) => [
    ...given,
    ...(alternatives?.types ?? []),
    ...(alternatives?.selected ? [alternatives.selected] : []),
  ]);
  const places = [...(locations?.output ?? []), ...(locations?.unkeyed ?? []), ...(locations?.input ?? [])];
  const named = [
    ...keys,
    ...instanceTypes,
    ...places,
    ...conditions.map(({ path }) => path),
    ...list.flatMap(({ path, element }) =>
      element ? [`${path.slice(0, path.lastIndexOf("[]") + 2)}.${element.path}`] : [],
    ),
    ...list.flatMap(({ elsewhere }) => elsewhere ?? []),
    ...refersTo.map(({ at }: Reference) => at),
    ...special.keys(),
  ];
  return {
    near: new Set(named.flatMap(waysTo)),
    keys: new Set(keys),
    instanceTypes: new Set(instanceTypes),
    places: new Set(places),
    values: valuesOf(conditions),
    special,
  };
}

/** Beside an input location may stand the hub content that it belongs to, the account's or AWS's own. */
const hubContentOf = (input: readonly string[]) =>
  input.map((path): readonly [string, (random: Random) => Json] => [
    `${path.slice(0, path.lastIndexOf(".") + 1)}${HUB_CONTENT}`,
    (random) => random.pick(HUB_CONTENTS),
  ]);

const HUB_CONTENTS = ["111122223333", "aws", "aws"].map(
  (account) => `arn:aws:sagemaker:us-east-1:${account}:hub-content/SageMakerPublicHub/Model/llama/1.0.0`,
);

/** A path and every path on the way to it: `A`, `A.B`, `A.B[]`, `A.B[].C`. */
const waysTo = (path: string): string[] =>
  [...path.matchAll(/\[\]|\.|$/g)].flatMap(({ 0: end, index }) => {
    const upTo = path.slice(0, index);
    return end === "[]" ? [upTo, `${upTo}[]`] : [upTo];
  });

function valuesOf(conditions: readonly Condition[]): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const condition of conditions) {
    if (!("value" in condition) || typeof condition.value !== "string") continue;
    values.set(condition.path, [...(values.get(condition.path) ?? []), condition.value, "Other"]);
  }
  return values;
}
