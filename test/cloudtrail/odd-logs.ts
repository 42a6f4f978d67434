import { gzipSync } from "node:zlib";
import type { JsonObject } from "../../lib/core/model/json.ts";
import { otherRecord } from "../bench/corpus-others.ts";
import { eventHead, sageMakerRecord } from "../bench/corpus-sagemaker.ts";
import { type Random, randomOf } from "../long/random.ts";

/** A file of a history, and its content: its records, or that it is damaged, or that it has no CloudTrail records. */
export interface OddLog {
  readonly path: string;
  readonly bytes: Buffer;
  readonly holds: readonly JsonObject[] | "damaged" | "foreign";
}

const START = Date.parse("2026-11-02T00:00:00Z");

/** A history with every form and every fault that a reader must handle; the same seed gives the same bytes. */
export function oddLogs(seed: number): OddLog[] {
  const random = randomOf(seed);
  let at = START;
  const head = () => {
    at += 17_000;
    return eventHead(random, "111122223333", "us-east-1", new Date(at));
  };
  const sageMaker = () => sageMakerRecord(random, head(), 2);
  const other = () => otherRecord(random, head());
  const some = (): JsonObject[] => Array.from({ length: 12 }, () => (random.below(3) === 0 ? sageMaker() : other()));
  /** Records with one record, not the first or the last, whose parameters hold something. */
  const around = (held: unknown): JsonObject[] => [
    ...some(),
    { ...other(), requestParameters: { document: held } as JsonObject },
    ...some(),
  ];
  return [...whole(some), ...lookAlikes(sageMaker, other, around), ...mixed(random, some), ...damaged(some)];
}

const log = (records: readonly JsonObject[]): string => JSON.stringify({ Records: records });
const packed = (text: string): Buffer => gzipSync(text);

function whole(some: () => JsonObject[]): OddLog[] {
  const records = Array.from({ length: 9 }, some) as [JsonObject[], ...JsonObject[][]];
  const of = (n: number) => records[n] ?? [];
  return [
    { path: "trail/a.json.gz", bytes: packed(log(of(0))), holds: of(0) },
    { path: "trail/a-again.json.gz", bytes: packed(log(of(0))), holds: of(0) },
    { path: "trail/laid-out.json.gz", bytes: packed(JSON.stringify({ Records: of(1) }, null, 2)), holds: of(1) },
    { path: "trail/plain.json", bytes: Buffer.from(log(of(2))), holds: of(2) },
    { path: "trail/ends-in-space.json.gz", bytes: packed(`${log(of(3)).slice(0, -2)} ]\r\n }\n`), holds: of(3) },
    {
      path: "trail/spaced.json.gz",
      bytes: packed(log(of(4)).replaceAll(',{"eventVersion', ', {"eventVersion')),
      holds: of(4),
    },
    { path: "trail/two-members.json.gz", bytes: split(log(of(5))), holds: of(5) },
    {
      path: "trail/two-logs.json.gz",
      bytes: Buffer.concat([packed(log(of(6))), packed(log(of(7)))]),
      holds: [...of(6), ...of(7)],
    },
    {
      path: "trail/two-logs-laid-out.json.gz",
      bytes: packed(`${JSON.stringify({ Records: of(8) }, null, 2)}\n${log(of(0))}`),
      holds: [...of(8), ...of(0)],
    },
    { path: "trail/none.json.gz", bytes: packed(log([])), holds: [] },
  ];
}

/** One document over two members of a gzip. The second one is short, so the length at the end is wrong. */
function split(text: string): Buffer {
  const at = text.length - 7;
  return Buffer.concat([packed(text.slice(0, at)), packed(text.slice(at))]);
}

function lookAlikes(
  sageMaker: () => JsonObject,
  other: () => JsonObject,
  around: (held: unknown) => JsonObject[],
): OddLog[] {
  const bare = { eventVersion: "1.11", eventSource: "sagemaker.amazonaws.com", eventName: "CreateTrainingJob" };
  const held: Readonly<Record<string, unknown>> = {
    text: JSON.stringify(sageMaker()),
    object: sageMaker(),
    "bare-object": bare,
    list: [sageMaker(), sageMaker(), other()],
    "list-after-another": [{ a: 1 }, sageMaker(), other()],
    "list-of-bare": [{ a: 1 }, bare, bare],
    "list-before-last": [{ a: 1 }, sageMaker()],
    "list-of-others": [other(), sageMaker(), other()],
    "list-of-many": [other(), other(), sageMaker(), other()],
    "name-alone": "sagemaker.amazonaws.com",
    "log-within": { Records: [sageMaker()] },
  };
  const files = Object.entries(held).map(([name, value]): OddLog => {
    const records = around(value);
    return { path: `look-alikes/${name}.json.gz`, bytes: packed(log(records)), holds: records };
  });
  const parameters = (held: unknown) => ({ kmsKeyId: "", document: held }) as JsonObject;
  const within = [...around("x"), { ...sageMaker(), requestParameters: parameters(bare) }, ...around([bare, bare])];
  const odd = around("x").map((record, i) =>
    i % 5 === 4 ? Object.fromEntries(Object.entries(record).reverse()) : record,
  );
  const escaped = around('ß 😀   \u0000 \\ " {[');
  return [
    ...files,
    { path: "look-alikes/within-a-call.json.gz", bytes: packed(log(within)), holds: within },
    { path: "look-alikes/other-order.json.gz", bytes: packed(log(odd)), holds: odd },
    { path: "look-alikes/escapes.json.gz", bytes: packed(log(escaped)), holds: escaped },
  ];
}

function mixed(random: Random, some: () => JsonObject[]): OddLog[] {
  const events = some();
  const lookup = {
    Events: events.map((event) => ({ EventName: event.eventName ?? "", CloudTrailEvent: JSON.stringify(event) })),
  };
  const lines = some();
  const digest = {
    awsAccountId: "111122223333",
    digestStartTime: "2026-11-02T00:00:00Z",
    logFiles: [{ s3Bucket: "b" }],
  };
  const insight = some().map((record) => ({ ...record, eventCategory: "Insight" }));
  return [
    { path: "other/lookup.json", bytes: Buffer.from(JSON.stringify(lookup, null, 4)), holds: events },
    { path: "other/utf16.json", bytes: Buffer.from(`\ufeff${JSON.stringify(lookup)}`, "utf16le"), holds: events },
    {
      path: "other/lines.jsonl",
      bytes: Buffer.from(lines.map((record) => JSON.stringify(record)).join("\r\n\n")),
      holds: lines,
    },
    {
      path: "other/envelope.json",
      bytes: Buffer.from(
        JSON.stringify({
          "detail-type": "AWS API Call via CloudTrail",
          source: "aws.sagemaker",
          detail: lines[0] ?? {},
        }),
      ),
      holds: lines.slice(0, 1),
    },
    { path: "other/insight.json.gz", bytes: packed(log(insight)), holds: [] },
    { path: "other/digest.json.gz", bytes: packed(JSON.stringify(digest)), holds: "foreign" },
    { path: "other/notes.log", bytes: Buffer.from(`sagemaker.amazonaws.com ${random.below(10)}`), holds: "foreign" },
  ];
}

function damaged(some: () => JsonObject[]): OddLog[] {
  const text = log(some());
  const bytes = packed(text);
  const broken = Buffer.from(bytes);
  broken[bytes.length >> 1] = (broken[bytes.length >> 1] ?? 0) ^ 0xff;
  const files: Readonly<Record<string, Buffer>> = {
    truncated: bytes.subarray(0, bytes.length - 20),
    "cut-in-the-trailer": bytes.subarray(0, bytes.length - 3),
    "trailing-text": Buffer.concat([bytes, Buffer.from("garbage")]),
    "trailing-zero": Buffer.concat([bytes, Buffer.from("\0more")]),
    "trailing-gzip": Buffer.concat([bytes, bytes.subarray(0, 40)]),
    "flipped-bits": broken,
    "ends-early": packed(text.slice(0, -400)),
    "ends-early-as-a-log": packed(`${text.slice(0, -400)}}]}`),
    "goes-on": packed(`${text}]}`),
    "goes-on-as-a-log": packed(`${text}x}]}`),
    empty: Buffer.alloc(0),
    "header-alone": bytes.subarray(0, 10),
  };
  return Object.entries(files).map(([name, content]) => ({
    path: `damaged/${name}.json.gz`,
    bytes: content,
    holds: "damaged",
  }));
}
