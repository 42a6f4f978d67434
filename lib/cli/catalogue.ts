import { parseArgs } from "node:util";
import { kindOf } from "../catalogue/kinds.ts";
import { operations } from "../catalogue/operations.ts";
import type { Operation } from "../catalogue/vocabulary.ts";
import { EXIT } from "./cli-error.ts";
import { print, table } from "./terminal.ts";

export const usage = `Usage: keyward catalogue [--json]

Prints every SageMaker operation whose request can hold a KMS key: its kind of resource, each setting with its path in API
spelling ([] for a list's elements), what it protects, and how the resource is stopped.

  --json   the same as data: [{operation, kind, settings: [{path, protects, …}], stop, …}]`;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: "boolean" } } });
  if (values.json) print(JSON.stringify(operations.map(toData), null, 2));
  else printTable();
  return EXIT.fine;
}

function toData({ operation, kind, name, settings }: Operation): object {
  const { describe, stop, taggable } = kindOf(kind);
  return {
    ...{ operation, kind, name, settings, describe: describe.operation },
    stop: stop?.operation ?? null,
    taggable: taggable !== false,
  };
}

function printTable(): void {
  const rows = operations.flatMap(({ operation, kind, settings }) =>
    settings.map(({ path, protects }, i) => {
      const first = i === 0 ? [operation, kind, kindOf(kind).stop?.operation ?? "-"] : ["", "", ""];
      return [...first, protects, path];
    }),
  );
  print(table(["OPERATION", "KIND", "STOP", "PROTECTS", "PATH"], rows));
  const keys = operations.flatMap(({ operation, settings }) =>
    settings.flatMap(({ path, protects }) => (protects === "in-transit" ? [] : [`${operation} ${path}`])),
  );
  print(`\n${operations.length} operations, ${new Set(keys).size} key members.`);
}
