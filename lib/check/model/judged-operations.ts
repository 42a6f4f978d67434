import { operations } from "../../catalogue/operations.ts";
import type { Operation } from "../../catalogue/vocabulary.ts";

const rows: readonly Operation[] = operations;

/** The operations whose requests can be judged. CreatePipeline is one: its steps have the settings. */
export const judgedOperations: readonly string[] = [
  ...new Set([...rows.map(({ operation }) => operation), "CreatePipeline"]),
];

/** Makes `create-training-job` and `CreateTrainingJob` the same. */
export const normalised = (name: string): string => name.replace(/[^a-z0-9]/gi, "").toLowerCase();

/** The API's spelling of an operation's name (the value of `--operation`); `undefined` if it cannot be judged. */
export const findOperation = (name: string): string | undefined =>
  judgedOperations.find((one) => normalised(one) === normalised(name));
