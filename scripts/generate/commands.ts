import * as sdk from "@aws-sdk/client-sagemaker";
import { isLookedUp, kinds } from "../../lib/catalogue/kinds.ts";
import { listings } from "../../lib/catalogue/listings.ts";
import { judgedOperations } from "../../lib/catalogue/operations.ts";
import type { Kind, Operation } from "../../lib/catalogue/vocabulary.ts";
import { type GeneratedFile, HEAD } from "./file.ts";

const rows: readonly Kind[] = kinds;
const inUse = rows.filter(isLookedUp);

/** Commands that rows name and the SDK lacks, each with the file to open. */
export function unknownCommands(): string[] {
  const named = [
    ...inUse.flatMap(({ kind, describe, stop }) =>
      [describe, ...(stop ? [stop] : [])].map((one) => ({ kind, ...one })),
    ),
    ...listings.map(({ kind, list }) => ({ kind, operation: list })),
    ...references().map(({ kind, describe }) => ({ kind, operation: describe })),
  ];
  return named.flatMap(({ kind, operation }) =>
    `${operation}Command` in sdk
      ? []
      : [
          `the SDK has no ${operation}: correct it in lib/catalogue/kinds/${kind}.ts, or mark the kind there with source: "reference" if AWS documents it and the SDK does not have it yet`,
        ],
  );
}

const references = () =>
  judgedOperations.flatMap(({ kind, ...row }: Partial<Operation>) =>
    (row.refersTo ?? []).map(({ describe }) => ({ kind: kind ?? "", describe })),
  );

/** The SDK's commands by operation. The import lists each name, so that a bundle does not hold the whole SDK. */
export function commandFiles(): GeneratedFile[] {
  const describes = sorted([
    ...inUse.map(({ describe }) => describe.operation),
    ...references().map(({ describe }) => describe),
  ]);
  const stops = sorted(inUse.flatMap(({ stop }) => (stop ? [stop.operation] : [])));
  const lists = sorted(listings.map(({ list }) => list));
  return [
    { path: "lib/aws/sagemaker-commands.ts", text: enforcementCommands(describes, stops) },
    { path: "lib/aws/list-commands.ts", text: sweepCommands(lists) },
  ];
}

const enforcementCommands = (describes: readonly string[], stops: readonly string[]): string => `${HEAD}
/** The SageMaker commands in use, by operation. Loaded with the client. */
${imported([...describes, ...stops])}
import type { kinds } from "../catalogue/kinds.ts";
import type { judgedOperations } from "../catalogue/operations.ts";

export {
  AddTagsCommand,
  ListPipelineExecutionStepsCommand,
  SageMakerClient,
  UpdateTrainingJobCommand,
} from "@aws-sdk/client-sagemaker";

type KindRow = Exclude<(typeof kinds)[number], { source: "reference" } | { actsOn: false }>;
type ReferenceRow = Extract<(typeof judgedOperations)[number], { refersTo: unknown }>["refersTo"][number];
type Named<Row> = Row extends { stop: { operation: infer Name extends string } } ? Name : never;

export const describeCommands = {
${members(describes)}} satisfies Record<KindRow["describe"]["operation"] | ReferenceRow["describe"], unknown>;

export const stopCommands = {
${members(stops)}} satisfies Record<Named<KindRow>, unknown>;
`;

const sweepCommands = (lists: readonly string[]): string => `${HEAD}
/**
 * The List commands of a sweep, by operation. A separate file, because enforcement's role has none of these
 * permissions.
 */
${imported(lists)}
import type { listings } from "../catalogue/listings.ts";

export { ListTagsCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";

export const listCommands = {
${members(lists)}} satisfies Record<(typeof listings)[number]["list"], unknown>;
`;

const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort();

const imported = (operations: readonly string[]): string => {
  const names = operations.map((one) => `${one}Command`).sort();
  return `import {\n${names.map((one) => `  ${one},\n`).join("")}} from "@aws-sdk/client-sagemaker";`;
};

const members = (operations: readonly string[]): string =>
  operations.map((one) => `  ${one}: ${one}Command,\n`).join("");
