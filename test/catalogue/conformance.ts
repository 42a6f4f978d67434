import { withoutPages } from "../../lib/catalogue/pages/claim-pages.ts";
import { inReference, isPage } from "../../lib/catalogue/pages/pages.ts";
import { excludedOfDataZone, excludedOperations, profilerPattern } from "../../lib/catalogue/rule.ts";
import { serviceOf } from "../../lib/catalogue/services.ts";
import type { FollowedOperation, Kind, Listing, Operation, Setting } from "../../lib/catalogue/vocabulary.ts";
import { folderOf } from "../support/sdk-schemas.ts";

/** The exports of a file in lib/catalogue/kinds. */
export interface KindFile {
  readonly kind: Kind;
  readonly operations: readonly (Operation | FollowedOperation)[];
  readonly listing?: Listing;
}

/** The files and the SDK's facts that the catalogue's rows need. */
export interface Project {
  /** The files under events/, without that folder. */
  readonly events: readonly string[];
  /** The files under test/golden. */
  readonly goldens: readonly string[];
  /** The operations with requests in test/support/encrypted-requests.ts. */
  readonly requests: readonly string[];
  /** The SDK's operations. */
  readonly sdk: ReadonlySet<string>;
  /** The SDK's structures. */
  readonly types: ReadonlySet<string>;
  /** Every kind and operation of the catalogue. */
  readonly kinds: readonly string[];
  readonly operations: readonly string[];
}

/** Kinds that can be stopped and that a sweep does not list. */
const NOT_LISTED: Readonly<Record<string, string>> = {
  "pipeline-execution": "A sweep finds the resources that its steps have started.",
};

/** Operations that need no events of their own. */
const WITHOUT_EVENTS: Readonly<Record<string, string>> = {
  AttachClusterNodeVolume: "Its volume is EC2's, so neither verdict can be reached.",
  CreateModel: "It has nothing but the buckets that it is read from, which the shipped policy does not judge.",
};

/** Operations with an event rule of their own. */
const BY_OWN_RULE: readonly string[] = profilerPattern.detail.eventName;

/**
 * Everything that a kind's file lacks, each with the file to open next. `name` is the file's name without its ending.
 */
export function kindFaults(name: string, { kind, operations, listing }: KindFile, project: Project): string[] {
  const file = `lib/catalogue/kinds/${name}.ts`;
  const names = operations.map(({ operation }) => operation);
  const faults = [
    kind.kind !== name && `${file}: its kind is "${kind.kind}": rename the file to ${kind.kind}.ts`,
    operations.length === 0 && `${file}: no operation makes a ${kind.kind}: add its row to operations there`,
    names.join() !== [...names].sort().join() && `${file}: its operations are not in alphabetical order`,
    ...Object.values(kind.parents ?? {}).map(
      (parent) => !project.kinds.includes(parent) && `${file}: there is no kind ${parent}: correct parents there`,
    ),
    ...sourceFaults(file, kind, project),
    pageFault(`${file}: the kind`, kind.page, kind.source, project),
    ...reportedOnlyFaults(file, kind, listing),
    ...listingFaults(file, kind, listing),
  ];
  return faults.filter((fault) => fault !== false);
}

/** A claim about AWS must name its page: one of lib/catalogue/pages/pages.ts, or one of the API Reference. */
function pageFault(what: string, page: string | undefined, source: unknown, { sdk, types }: Project): string | false {
  if (page === undefined) return `${what} names no page of AWS's documentation: add page there`;
  if (!isPage(page)) return `${what} names "${page}": add the page's title to lib/catalogue/pages/pages.ts`;
  const name = inReference(page);
  const isKnown = name === undefined || sdk.has(name) || types.has(name) || source !== undefined;
  return (
    !isKnown && `${what} names the API Reference's page of ${name}, which the SDK does not have: correct page there`
  );
}

/** The pages for the claims of a setting and its conditions. The behaviour without a key has a table of its own. */
const settingFaults = (file: string, operation: string, settings: readonly Setting[], project: Project) =>
  settings.flatMap(({ path, page, when = [], without }) => [
    ...[page, ...when.map((condition) => condition.page)].map(
      (one) => one !== undefined && pageFault(`${file}: ${operation} ${path}`, one, undefined, project),
    ),
    ...(Object.hasOwn(withoutPages, without)
      ? withoutPages[without].map((one) =>
          pageFault(`lib/catalogue/pages/claim-pages.ts: ${without}`, one, undefined, project),
        )
      : [`lib/catalogue/pages/claim-pages.ts: ${without} has no page: add it to withoutPages`]),
  ]);

function sourceFaults(file: string, { source, describe, stop }: Kind, { sdk }: Project): (string | false)[] {
  const named = [describe, ...(stop ? [stop] : [])].map(({ operation }) => operation);
  if (!source) {
    const advice = `correct it there, or mark the kind with source: "reference" if only AWS's API Reference has it`;
    return named.map((one) => !sdk.has(one) && `${file}: the SDK has no ${one}: ${advice}`);
  }
  return [
    stop !== undefined && `${file}: the SDK cannot stop it: leave stop out while its source is the reference`,
    sdk.has(describe.operation) && `${file}: the SDK has ${describe.operation} now: remove source there`,
  ];
}

function reportedOnlyFaults(file: string, { actsOn, taggable, stop, describe }: Kind, listing?: Listing) {
  const { service } = serviceOf(describe.operation);
  if (actsOn !== false) {
    return [
      service !== "sagemaker" && `${file}: Keyward has no adapter for ${service}: mark the kind with actsOn: false`,
    ];
  }
  const acting = [taggable !== false && "taggable", stop && "stop", listing && "listing"].filter(Boolean);
  return acting.map((member) => `${file}: it is only reported (actsOn: false): leave ${member} out, or false`);
}

function listingFaults(file: string, { kind, source, stop }: Kind, listing: Listing | undefined): (string | false)[] {
  if (!listing) {
    return [
      stop !== undefined &&
        !source &&
        !(kind in NOT_LISTED) &&
        `${file}: it can be stopped and no sweep lists it: export listing there, or give the reason in NOT_LISTED of test/catalogue/conformance.ts`,
    ];
  }
  return [
    listing.kind !== kind && `${file}: its listing is of ${listing.kind}: correct kind there`,
    source !== undefined && `${file}: the SDK cannot list it: leave listing out while its source is the reference`,
  ];
}

/** Everything that an operation's row lacks, each with the file to open next. */
export function operationFaults(name: string, row: Operation | FollowedOperation, project: Project): string[] {
  const { operation } = row;
  const file = `lib/catalogue/kinds/${name}.ts`;
  const { service, name: called } = serviceOf(operation);
  const prefix = (service === "datazone" ? excludedOfDataZone : excludedOperations)
    .flatMap(({ prefixes }) => prefixes as readonly string[])
    .find((one) => called.startsWith(one));
  const faults = [
    row.kind !== name && `${file}: ${operation} is of kind ${row.kind}: move it to ${row.kind}.ts, or correct its kind`,
    prefix !== undefined &&
      !BY_OWN_RULE.includes(operation) &&
      `${operation} never reaches the function: the rule keeps out ${prefix}… in lib/catalogue/rule.ts`,
    ...("settingsOf" in row ? followedFaults(file, row, project) : ownFaults(file, row, project)),
    ...eventFaults(operation, project),
  ];
  return faults.filter((fault) => fault !== false);
}

const followedFaults = (file: string, { operation, settingsOf }: FollowedOperation, { operations }: Project) => [
  !operations.includes(settingsOf) &&
    `${file}: ${operation} is judged as ${settingsOf}, which has no row: correct settingsOf`,
];

const ownFaults = (file: string, { operation, source, settings }: Operation, project: Project) => [
  ...settingFaults(file, operation, settings, project),
  !source &&
    !project.sdk.has(operation) &&
    `${file}: the SDK has no ${operation}: correct it there, or mark the row with source: "reference" if only AWS's API Reference has it`,
  source !== undefined &&
    project.sdk.has(operation) &&
    `${file}: the SDK has ${operation} now: remove source from its row`,
  settings.length > 0 &&
    !project.requests.includes(operation) &&
    `${operation} has no request that is encrypted throughout: add one to test/support/encrypted-requests.ts`,
];

function eventFaults(operation: string, { events, goldens }: Project): (string | false)[] {
  const folder = folderOf(operation);
  const own = events.filter((file) => file.startsWith(`${folder}/`));
  const lacks = (prefix: string) =>
    !(operation in WITHOUT_EVENTS) && !own.some((file) => file.startsWith(`${folder}/${prefix}`));
  return [
    lacks("pass-") && `${operation} has no event that passes: add events/${folder}/pass-*.json`,
    lacks("fail-") && `${operation} has no event that fails: add events/${folder}/fail-*.json`,
    ...own.map(
      (file) =>
        !goldens.includes(file) &&
        `events/${file} has no decision to compare with: run npm run goldens, and read test/golden/${file}`,
    ),
  ];
}
