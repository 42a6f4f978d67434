import type { KindName } from "./kinds.ts";
import { operationRows } from "./rows.ts";
import type { Locations, Operation } from "./vocabulary.ts";

type Row = (typeof operationRows)[number];
type FollowedRow = Extract<Row, { settingsOf: string }>;
type KeylessRow = Extract<Row, { settings: readonly [] }>;
type KeyedRow = Exclude<Row, FollowedRow | KeylessRow>;

const isFollowed = (row: Row): row is FollowedRow => "settingsOf" in row;
const isKeyless = (row: Row): row is KeylessRow => "settings" in row && row.settings.length === 0;
const isKeyed = (row: Row): row is KeyedRow => !isFollowed(row) && !isKeyless(row);

const rows = [...(operationRows satisfies readonly { kind: KindName }[])].sort((a, b) =>
  a.operation < b.operation ? -1 : 1,
);

/**
 * Every SageMaker operation whose request can hold a KMS key. A test walks the SDK's run-time schemas and fails on a
 * key member that no row holds.
 */
export const operations: readonly KeyedRow[] = rows.filter(isKeyed);

/**
 * Calls without a key member that still decide the key of data: by a resource that they refer to, by a pipeline
 * definition that they hold, or by the bucket that they write to.
 */
export const keylessOperations: readonly KeylessRow[] = rows.filter(isKeyless);

/**
 * Calls that use an existing resource. Describe's answer is judged by the settings of the operation that created it.
 */
export const followedOperations: readonly FollowedRow[] = rows.filter(isFollowed);

/** Every operation that the catalogue judges. */
export const judgedOperations: readonly Row[] = [...operations, ...keylessOperations, ...followedOperations];

/**
 * Key members of all requests; a flag for traffic in transit does not count. A member that two settings share counts
 * once.
 */
export const keyMemberCount = (): number =>
  new Set(
    operations.flatMap(({ operation, settings }) =>
      settings.flatMap(({ path, protects }) => (protects === "in-transit" ? [] : [`${operation} ${path}`])),
    ),
  ).size;

/**
 * Beside an input location: the hub content that the data belongs to (API Reference of InferenceHubAccessConfig and
 * HubAccessConfig). Where AWS owns that, the bucket is AWS's own.
 */
export const HUB_CONTENT = "HubAccessConfig.HubContentArn";

/** The paths of S3 locations in each operation's request. A test compares them with the SDK's schemas. */
export const locations: Readonly<Record<string, Locations>> = Object.fromEntries(
  judgedOperations.flatMap((row: Partial<Operation>) =>
    row.operation !== undefined && row.locations ? [[row.operation, row.locations]] : [],
  ),
);
