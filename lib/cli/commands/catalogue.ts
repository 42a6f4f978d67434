import { parseArgs } from "node:util";
import type { Without } from "../../catalogue/condition.ts";
import { operation } from "../../catalogue/find-operation.ts";
import { EBS_ONLY, LOCAL_STORAGE } from "../../catalogue/instance-families.ts";
import { kindOf } from "../../catalogue/kinds.ts";
import { judgedOperations, locations } from "../../catalogue/operations.ts";
import {
  CONDITION_KEYS_PAGE,
  INSTANCE_STORAGE_PAGE,
  mountsPageOf,
  withoutPages,
} from "../../catalogue/pages/claim-pages.ts";
import { operationPage, type Page } from "../../catalogue/pages/pages.ts";
import { serviceOf } from "../../catalogue/services.ts";
import type { FollowedOperation, Operation, Setting } from "../../catalogue/vocabulary.ts";
import { defined } from "../../core/model/defined.ts";
import { didYouMean } from "../../text/did-you-mean.ts";
import type { Operands, Options } from "../input/command.ts";
import { FLAG, type Formats, formatOf } from "../input/common-options.ts";
import { CliError, EXIT } from "../terminal/cli-error.ts";
import { fold, table } from "../terminal/layout.ts";
import { paint, print } from "../terminal/terminal.ts";

export const usage = `Usage: keyward catalogue [--operation NAME] [--json]
       keyward catalogue instances [--json]

Prints every operation of SageMaker's services that Keyward judges: the kind of its
resource, each setting with the data that it protects and its path in API spelling ([] for the
elements of a list), the resources that it refers to, the S3 locations without a key
member, and the operation that stops the resource.
"instances" prints the instance families with and without local storage. SageMaker
accepts no volume key for instances with local storage.

  --operation NAME   print only this operation
  --json             print JSON: [{operation, kind, settings: [{path, protects, …}], stop, …}],
                     or [{family, storage}], with the title of AWS's page for each claim`;

export const options = {
  operation: { type: "string", values: judgedOperations.map(({ operation }) => operation) },
  json: FLAG,
} as const satisfies Options;

export const operands: Operands = { words: ["instances"] };

type Row = Operation | FollowedOperation;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [what] = positionals;
  if (what === "instances") {
    print(INSTANCES[formatOf(values.json)](instanceFamilies()));
    return EXIT.fine;
  }
  if (what !== undefined) throw new CliError(`catalogue ${what} is not known; there is "catalogue instances"`);
  const rows = values.operation === undefined ? judgedOperations : only(values.operation);
  print(OPERATIONS[formatOf(values.json)](rows));
  return EXIT.fine;
}

const OPERATIONS: Formats<readonly Row[]> = {
  json: (rows) => JSON.stringify(rows.map(toData), null, 2),
  text: (rows) => [...rows.map(toText), summary(rows)].join("\n\n"),
};

interface InstanceFamily {
  readonly family: string;
  readonly storage: "local" | "ebs";
  readonly page: Page;
}

const INSTANCES: Formats<readonly InstanceFamily[]> = {
  json: (families) => JSON.stringify(families, null, 2),
  text(families) {
    const rows = families.map(({ family, storage }) => [`ml.${family}`, STORAGE[storage]]);
    const counts = `${LOCAL_STORAGE.length} with local storage, ${EBS_ONLY.length} without. Any other is undetermined.`;
    return `${table(["FAMILY", "STORAGE"], rows)}\n\n${counts}`;
  },
};

const instanceFamilies = (): InstanceFamily[] =>
  [
    ...LOCAL_STORAGE.map((family) => ({ family, storage: "local" as const, page: INSTANCE_STORAGE_PAGE })),
    ...EBS_ONLY.map((family) => ({ family, storage: "ebs" as const, page: INSTANCE_STORAGE_PAGE })),
  ].sort((a, b) => a.family.localeCompare(b.family));

const STORAGE: Readonly<Record<InstanceFamily["storage"], string>> = {
  local: "local: takes no volume key, its hardware encrypts it",
  ebs: "EBS: takes a volume key",
};

function only(name: string): readonly Row[] {
  const rows = judgedOperations.filter(({ operation }) => operation === name);
  const names = judgedOperations.map(({ operation }) => operation);
  if (rows.length === 0) throw new CliError(`${name} is not in the catalogue${didYouMean(name, names)}`);
  return rows;
}

/**
 * The row with the settings. An operation that uses an existing resource has those of the operation that created it.
 */
const rowOf = (row: Row): Operation | undefined => operation("settingsOf" in row ? row.settingsOf : row.operation);

function toData(row: Row): object {
  const { settings = [], refersTo = [], definition } = rowOf(row) ?? {};
  const { describe, stop, taggable, page, mounts } = kindOf(row.kind);
  const settingsOf = "settingsOf" in row ? row.settingsOf : row.operation;
  const withPages = (list: readonly Setting[], operation: string) => list.map((one) => withPage(one, operation));
  return {
    operation: row.operation,
    eventSource: serviceOf(row.operation).eventSource,
    kind: row.kind,
    name: row.name,
    page: operationPage(row.operation),
    kindPage: page,
    ...defined({ mountsPage: mounts && (mountsPageOf(mounts) ?? page) }),
    settings: withPages(settings, settingsOf),
    describe: describe.operation,
    ...defined({
      refersTo:
        refersTo.length > 0
          ? refersTo.map((one) => ({ ...one, settings: withPages(one.settings, one.describe) }))
          : undefined,
      definition,
      asTold: "settingsOf" in row ? describe.operation : undefined,
    }),
    locations: locations[settingsOf] ?? {},
    stop: stop?.operation ?? null,
    taggable: taggable !== false,
  };
}

/** The pages about the behaviour without a key. For `undocumented`, the setting's page, which does not describe it. */
const pagesOfWithout = (without: Without, page: Page): readonly Page[] =>
  without === "undocumented" || withoutPages[without].includes(page) ? [page] : withoutPages[without];

/** A setting with AWS's page for each of its claims. */
function withPage(setting: Setting, operation: string): object {
  const page = setting.page ?? operationPage(operation);
  return {
    ...setting,
    page,
    ...(setting.when && { when: setting.when.map((condition) => ({ page, ...condition })) }),
    withoutPages: pagesOfWithout(setting.without, page),
    ...(setting.instanceTypes && { instanceTypesPage: INSTANCE_STORAGE_PAGE }),
    ...(setting.conditionKey !== undefined && { conditionKeyPage: CONDITION_KEYS_PAGE }),
  };
}

function toText(row: Row): string {
  const { settings = [], refersTo = [], definition } = rowOf(row) ?? {};
  const { describe, stop, actsOn } = kindOf(row.kind);
  const { unkeyed = [] } = locations["settingsOf" in row ? row.settingsOf : row.operation] ?? {};
  const rows = [
    ...("settingsOf" in row ? [["judged by", `${describe.operation}, as ${row.settingsOf}`]] : []),
    ...("settingsOf" in row ? [] : settings.map(({ protects, path }) => [protects, path])),
    ...refersTo.map((reference) => ["refers to", `${reference.at}, described by ${reference.describe}`]),
    ...(definition === undefined ? [] : [["steps", `of ${definition}, each judged by the settings of its operation`]]),
    ...("settingsOf" in row ? [] : unkeyed.map((path) => ["bucket", path])),
    [
      "stop",
      stop?.operation ??
        (actsOn === false ? "none; the resource is reported" : "none; the resource is tagged and reported"),
    ],
  ] as const;
  const width = Math.max(...rows.map(([name = ""]) => name.length));
  const lines = rows.map(([name = "", text]) => fold(`${name.padEnd(width)}  ${text}`, 4, width + 6));
  return [`${paint("bold", row.operation)}  ${paint("dim", row.kind)}`, ...lines].join("\n");
}

function summary(rows: readonly Row[]): string {
  const keys = rows.flatMap((row) =>
    "settings" in row
      ? row.settings.flatMap(({ path, protects }) => (protects === "in-transit" ? [] : [`${row.operation} ${path}`]))
      : [],
  );
  return `${rows.length} operations, ${new Set(keys).size} key members.`;
}
