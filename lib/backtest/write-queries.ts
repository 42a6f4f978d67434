import { serviceOf, services } from "../catalogue/services.ts";
import { CREATING_VERBS, withoutData } from "../catalogue/without-data/list.ts";

/** Where a trail's files lie, and which of them to read. Everything has been checked: see `backtest-query.ts`. */
export interface Trail {
  readonly bucket: string;
  /** With a slash at its end, or empty. */
  readonly prefix: string;
  readonly organization?: string | undefined;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly days: Days;
  /** Where the answer is written: an S3 URI that ends in a slash. */
  readonly output: string;
}

/** Both included, as `2026-11-02`; open where absent. */
export interface Days {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const TABLE = "keyward_cloudtrail";

/** What judging a record needs, as Athena's SerDe finds it: by its lower-cased name (Athena User Guide, "Query CloudTrail logs"). */
const COLUMNS = {
  eventversion: "STRING",
  useridentity: [
    "STRUCT<type: STRING, principalid: STRING, arn: STRING, accountid: STRING, invokedby: STRING, username: STRING,",
    "    onbehalfof: STRUCT<userid: STRING, identitystorearn: STRING>,",
    "    sessioncontext: STRUCT<sessionissuer:",
    "      STRUCT<type: STRING, principalid: STRING, arn: STRING, accountid: STRING, username: STRING>>>",
  ].join("\n"),
  eventtime: "STRING",
  eventsource: "STRING",
  eventname: "STRING",
  awsregion: "STRING",
  errorcode: "STRING",
  requestparameters: "STRING",
  responseelements: "STRING",
  eventid: "STRING",
  readonly: "STRING",
  eventtype: "STRING",
  recipientaccountid: "STRING",
  eventcategory: "STRING",
} as const;

/**
 * For Athena: a table over a trail's bucket whose partitions follow from its paths (Athena User Guide, "Create the table
 * for CloudTrail logs in Athena using partition projection"), and a query that unloads the successful calls that matter
 * as gzip JSON Lines. Dropping such a table drops no data.
 */
export function athenaQueries(trail: Trail): string[] {
  return [`DROP TABLE IF EXISTS ${TABLE}`, tableOver(trail), unloadFrom(trail)];
}

function tableOver({ bucket, prefix, organization, accounts, regions, days }: Trail): string {
  const root = `s3://${bucket}/${prefix}AWSLogs/${organization === undefined ? "" : `${organization}/`}`;
  const properties = {
    "projection.enabled": "true",
    "projection.account.type": "enum",
    "projection.account.values": accounts.join(","),
    "projection.region.type": "enum",
    "projection.region.values": regions.join(","),
    "projection.day.type": "date",
    "projection.day.format": "yyyy/MM/dd",
    "projection.day.interval": "1",
    "projection.day.interval.unit": "DAYS",
    "projection.day.range": `${days.from === undefined ? "NOW-1YEARS" : folderOf(days.from)},NOW`,
    "storage.location.template": `${root}\${account}/CloudTrail/\${region}/\${day}`,
  };
  return `CREATE EXTERNAL TABLE ${TABLE} (
${Object.entries(COLUMNS)
  .map(([name, type]) => `  ${name} ${type}`)
  .join(",\n")}
)
PARTITIONED BY (\`account\` STRING, \`region\` STRING, \`day\` STRING)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
STORED AS INPUTFORMAT 'com.amazon.emr.cloudtrail.CloudTrailInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION ${quoted(root)}
TBLPROPERTIES (
${Object.entries(properties)
  .map(([name, value]) => `  ${quoted(name)} = ${quoted(value)}`)
  .join(",\n")}
)`;
}

function unloadFrom({ accounts, regions, days, output }: Trail): string {
  const conditions = [
    `account IN ${list(accounts)}`,
    `region IN ${list(regions)}`,
    ...(days.from === undefined ? [] : [`day >= ${quoted(folderOf(days.from))}`]),
    ...(days.to === undefined ? [] : [`day <= ${quoted(folderOf(days.to))}`]),
    ...callConditions("eventsource", "errorcode", "eventname"),
  ];
  return `UNLOAD (
SELECT ${Object.keys(COLUMNS).join(", ")}
FROM ${TABLE}
WHERE ${conditions.join("\n  AND ")}
)
TO ${quoted(output)}
WITH (format = 'JSON', compression = 'gzip')`;
}

/**
 * For CloudTrail Lake, which takes SELECT alone, has all functions of Trino, and holds each event whole (CloudTrail User
 * Guide, "CloudTrail Lake SQL constraints", "Supported SQL schemas").
 */
export function lakeQuery(eventDataStore: string, { from, to }: Days): string {
  const conditions = [
    ...callConditions("eventSource", "errorCode", "eventName"),
    ...(from === undefined ? [] : [`eventTime >= ${quoted(`${from} 00:00:00`)}`]),
    ...(to === undefined ? [] : [`eventTime <= ${quoted(`${to} 23:59:59`)}`]),
  ];
  return `SELECT eventJson\nFROM ${eventDataStore}\nWHERE ${conditions.join("\n  AND ")}`;
}

/**
 * Successful calls that may create, start or store something: those of the catalogue, and those that nobody has reviewed.
 * Calls on the reviewed list would all be ignored, and there are very many of them.
 */
function callConditions(source: string, error: string, name: string): string[] {
  const reviewed = withoutData.flatMap(({ operations, unless }) =>
    // With that member it may store data after all.
    unless === undefined ? operations.map((operation) => serviceOf(operation)) : [],
  );
  const ofServices = services.map(({ service, eventSource }) => {
    const names = reviewed.filter((one) => one.service === service).map((one) => one.name);
    const isSource = `${source} = ${quoted(eventSource)}`;
    return names.length === 0 ? `(${isSource})` : `(${isSource} AND ${name} NOT IN ${list(names.sort())})`;
  });
  return [
    `(${ofServices.join("\n    OR ")})`,
    `regexp_like(${name}, ${quoted(`^${CREATING_VERBS}`)})`,
    `${error} IS NULL`,
  ];
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const list = (texts: readonly string[]): string => `(${texts.map(quoted).join(", ")})`;

/** Days as a trail's folders have them. */
const folderOf = (day: string): string => day.replaceAll("-", "/");
