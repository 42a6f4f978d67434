import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { type Random, randomOf } from "../long/random.ts";
import { otherRecord } from "./corpus-others.ts";
import { ACCOUNTS, eventHead, REGIONS, sageMakerRecord } from "./corpus-sagemaker.ts";

const RECORDS_A_FILE = 5000;
const FIRST_FILE = Date.parse("2026-07-01T00:00:00Z");
const FILE_MS = 5 * 60_000;

/**
 * One log file of an organisation's trail, as CloudTrail writes it before gzip; the same seed gives the same text.
 * `percent` of its records are SageMaker's. `at` is in milliseconds since 1970.
 */
export function logText(random: Random, records: number, at: number, percent = 1): string {
  const account = random.pick(ACCOUNTS);
  const region = random.pick(REGIONS);
  const texts = Array.from({ length: records }, (_, i) => {
    const head = eventHead(random, account, region, new Date(at + Math.floor((i * FILE_MS) / records)));
    return JSON.stringify(random.below(100) < percent ? sageMakerRecord(random, head) : otherRecord(random, head));
  });
  return `{"Records":[${texts.join(",")}]}`;
}

/** Sizes in bytes. */
export interface Corpus {
  readonly files: readonly string[];
  readonly plain: number;
  readonly packed: number;
}

/** Writes log files until they hold this many bytes of JSON; `percent` of their records are SageMaker's. */
export function writeCorpus(folder: string, bytes: number, percent = 1, seed = 1): Corpus {
  const random = randomOf(seed);
  const files: string[] = [];
  let plain = 0;
  let packed = 0;
  for (let n = 0; plain < bytes; n++) {
    const at = FIRST_FILE + n * FILE_MS;
    const text = logText(random, RECORDS_A_FILE, at, percent);
    const day = new Date(at).toISOString().slice(0, 16);
    const file = join(
      folder,
      "AWSLogs/o-exampleorg1",
      ACCOUNTS[n % ACCOUNTS.length] ?? "",
      "CloudTrail/us-east-1",
      day.slice(0, 10).replaceAll("-", "/"),
      `${n}_CloudTrail_us-east-1_${day.replace(/[-:]/g, "")}Z.json.gz`,
    );
    mkdirSync(dirname(file), { recursive: true });
    const zipped = gzipSync(text);
    writeFileSync(file, zipped);
    files.push(file);
    plain += Buffer.byteLength(text);
    packed += zipped.length;
  }
  return { files, plain, packed };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    options: {
      megabytes: { type: "string", default: "100" },
      percent: { type: "string", default: "1" },
      seed: { type: "string", default: "1" },
    },
    allowPositionals: true,
  });
  const [folder] = positionals;
  if (folder === undefined) throw new Error("give a folder: npm run corpus -- FOLDER --megabytes N --percent N");
  const { files, plain, packed } = writeCorpus(
    folder,
    Number(values.megabytes) * 1e6,
    Number(values.percent),
    Number(values.seed),
  );
  process.stdout.write(`${files.length} files, ${plain} bytes of JSON, ${packed} bytes of gzip\n`);
}
