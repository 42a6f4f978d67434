import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { isObject } from "../core/member.ts";
import { expand } from "./expand.ts";
import { syntaxFault } from "./syntax-fault.ts";

/** One event and where it stood. */
export interface Input {
  readonly file: string;
  /** Where in the file, such as `Records[3]` or `line 7`; empty for the whole. */
  readonly at: string;
  readonly event: unknown;
}

/** What could not be read, and what to do about it. */
export interface InputFault {
  readonly file: string;
  readonly at: string;
  readonly message: string;
}

export type Read = { readonly input: Input } | { readonly fault: InputFault };

const READABLE = /\.(json|jsonl|ndjson|log|gz)$/i;
const MAX_EVENT_BYTES = 1024 * 1024;

/** Reads events from files, folders and `-`, in order; a fault in one holds up none of the others. */
export async function* readInputs(paths: readonly string[]): AsyncGenerator<Read> {
  for (const path of paths) yield* readPath(path, true);
}

async function* readPath(path: string, named: boolean): AsyncGenerator<Read> {
  if (path === "-") return yield* readBytes("standard input", await readStandardInput());
  try {
    if ((await stat(path)).isDirectory()) {
      const names = (await readdir(path)).sort();
      for (const name of names) yield* readPath(join(path, name), false);
    } else if (named || (READABLE.test(path) && !path.endsWith("world.json"))) {
      yield* readBytes(path, await readFile(path));
    }
  } catch (error) {
    yield fault(path, "", fileFault(error));
  }
}

function fileFault(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return "no such file or folder; check the path";
  if (code === "EACCES") return "not allowed to read it; check its permissions";
  return `cannot be read (${code || String(error)})`;
}

async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function* readBytes(file: string, bytes: Buffer): Generator<Read> {
  const text = textOf(bytes);
  if (text === undefined) return yield fault(file, "", "a damaged or truncated gzip file; fetch it again");
  if (text.trim() === "") return yield fault(file, "", "empty; give an event as JSON");
  const whole = tryJson(text);
  if (whole) return yield* readValue(file, "", whole.value, text);
  const lines = text.split("\n");
  const first = lines.find((line) => line.trim() !== "") ?? "";
  if (lines.length < 2 || !tryJson(first)) return yield fault(file, ...syntaxFault(text));
  for (const [i, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const parsed = tryJson(line);
    if (parsed) yield* readValue(file, `line ${i + 1}`, parsed.value, line);
    else yield fault(file, `line ${i + 1}`, "not JSON; each line of JSON Lines holds one event");
  }
}

function textOf(bytes: Buffer): string | undefined {
  try {
    const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
    return plain.toString("utf8").replace(/^\ufeff/, "");
  } catch {
    return undefined;
  }
}

function* readValue(file: string, at: string, value: unknown, text: string): Generator<Read> {
  for (const one of expand(value, at)) {
    if ("fault" in one) yield fault(file, one.at, one.fault);
    else if (text.length > MAX_EVENT_BYTES && JSON.stringify(one.event).length > MAX_EVENT_BYTES) {
      yield fault(file, one.at, "an event of over 1 MiB; CloudTrail's are at most 256 KB: give the event alone");
    } else {
      const proto = text.includes("__proto__") ? protoPath(one.event) : undefined;
      if (proto)
        yield fault(
          file,
          `${one.at}${proto}`,
          "a member named __proto__, which no AWS record has; it is judged without it",
        );
      yield { input: { file, ...one } };
    }
  }
}

/** Where an own member `__proto__` stands. */
function protoPath(value: unknown, at = "", depth = 0): string | undefined {
  if (depth > 64) return undefined;
  const entries = Array.isArray(value) ? value.entries() : isObject(value) ? Object.entries(value) : [];
  for (const [name, member] of entries) {
    const here = typeof name === "number" ? `${at}[${name}]` : `${at}.${name}`;
    const found = name === "__proto__" ? here : protoPath(member, here, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function tryJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

const fault = (file: string, at: string, message: string): Read => ({ fault: { file, at, message } });
