import { parseArgs } from "node:util";
import { kindOf } from "../catalogue/kinds.ts";
import { operations } from "../catalogue/operations.ts";
import type { Operation } from "../catalogue/vocabulary.ts";
import { CliError, EXIT } from "./cli-error.ts";
import { didYouMean } from "./did-you-mean.ts";
import { fold } from "./layout.ts";
import { paint, print } from "./terminal.ts";

export const usage = `Usage: keyward catalogue [--operation NAME] [--json]

Prints every SageMaker operation whose request can hold a KMS key: its kind of
resource, each setting with what it protects and its path in API spelling ([]
for a list's elements), and the operation that stops the resource.

  --operation NAME   only this one
  --json             as data: [{operation, kind, settings: [{path, protects, …}], stop, …}]`;

export async function run(args: string[]): Promise<number> {
  const options = { operation: { type: "string" }, json: { type: "boolean" } } as const;
  const { values } = parseArgs({ args, options });
  const rows = values.operation === undefined ? operations : only(values.operation);
  if (values.json) print(JSON.stringify(rows.map(toData), null, 2));
  else print([...rows.map(toText), summary(rows)].join("\n\n"));
  return EXIT.fine;
}

function only(name: string): readonly Operation[] {
  const rows = operations.filter(({ operation }) => operation === name);
  const names = operations.map(({ operation }) => operation);
  if (rows.length === 0) throw new CliError(`${name} is not in the catalogue${didYouMean(name, names)}`);
  return rows;
}

function toData({ operation, kind, name, settings }: Operation): object {
  const { describe, stop, taggable } = kindOf(kind);
  return {
    ...{ operation, kind, name, settings, describe: describe.operation },
    stop: stop?.operation ?? null,
    taggable: taggable !== false,
  };
}

function toText({ operation, kind, settings }: Operation): string {
  const rows = [
    ...settings.map(({ protects, path }) => [protects, path] as const),
    ["stop", kindOf(kind).stop?.operation ?? "none; it is tagged and reported"] as const,
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, text]) => fold(`${name.padEnd(width)}  ${text}`, 4, width + 6));
  return [`${paint("bold", operation)}  ${paint("dim", kind)}`, ...lines].join("\n");
}

function summary(rows: readonly Operation[]): string {
  const keys = rows.flatMap(({ operation, settings }) =>
    settings.flatMap(({ path, protects }) => (protects === "in-transit" ? [] : [`${operation} ${path}`])),
  );
  return `${rows.length} operations, ${new Set(keys).size} key members.`;
}
