import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join as joinPath } from "node:path";
import { isObject } from "../core/model/member.ts";
import { decode } from "./decode.ts";
import { expand, join } from "./expand.ts";
import { parseDocuments } from "./parse-documents.ts";

/** One event and where it stood. */
export interface Input {
  readonly file: string;
  /** Where in the file, such as `Records[3]` or `line 7`; empty for the whole. */
  readonly at: string;
  readonly event: unknown;
}

/** What could not be read, and what to do about it. `at` as in an input, or `:line:column`. */
export interface InputFault {
  readonly file: string;
  readonly at: string;
  readonly message: string;
}

export type Read = { readonly input: Input } | { readonly fault: InputFault };

const READABLE = /\.(json|jsonl|ndjson|log|gz)$/i;
const MAX_EVENT_LENGTH = 1024 * 1024;

/** Reads events from files, folders and `-`, in order; a fault in one holds up none of the others. */
export async function* readInputs(paths: readonly string[]): AsyncGenerator<Read> {
  for (const path of paths) {
    try {
      if (path === "-") yield* readBytes("standard input", await readStandardInput());
      else if ((await stat(path)).isDirectory()) yield* readFolder(path);
      else yield* readBytes(path, await readFile(path));
    } catch (error) {
      yield fault(path, "", fileFault(error));
    }
  }
}

async function* readFolder(folder: string): AsyncGenerator<Read> {
  const names = await readdir(folder, { recursive: true });
  // A world is what the embedded AWS starts with, no event.
  const files = names.filter((name) => READABLE.test(name) && basename(name) !== "world.json").sort();
  if (files.length === 0) yield fault(folder, "", "no *.json, *.jsonl, *.ndjson, *.log or *.gz in it; name a file");
  for (const name of files) {
    const file = joinPath(folder, name);
    try {
      yield* readBytes(file, await readFile(file));
    } catch (error) {
      yield fault(file, "", fileFault(error));
    }
  }
}

function fileFault(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return "no such file or folder; check the path";
  if (code === "EACCES") return "not allowed to read it; check its permissions";
  if (error instanceof RangeError && code === "") return "nested too deep; give an event as CloudTrail writes it";
  return `cannot be read (${code || String(error)}); check the path`;
}

async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function* readBytes(file: string, bytes: Buffer): Generator<Read> {
  const decoded = decode(bytes);
  if ("fault" in decoded) return yield fault(file, "", decoded.fault);
  const { text } = decoded;
  if (text.trim() === "") return yield fault(file, "", "empty; give an event as JSON");
  for (const document of parseDocuments(text)) {
    if ("fault" in document) yield fault(file, document.at, document.fault);
    else yield* readValue(file, document.at, document.value);
  }
}

function* readValue(file: string, at: string, value: unknown): Generator<Read> {
  for (const one of expand(value, at)) {
    if ("fault" in one) yield fault(file, one.at, one.fault);
    else if (JSON.stringify(one.event).length > MAX_EVENT_LENGTH) {
      yield fault(file, one.at, "an event of over 1 MiB; CloudTrail's are at most 256 KB: give the event alone");
    } else {
      const proto = protoPath(one.event, one.at);
      const message = "a member named __proto__, which no AWS record has; it is judged without it: remove it";
      if (proto) yield fault(file, proto, message);
      yield { input: { file, ...one } };
    }
  }
}

/** Where an own member `__proto__` stands. */
function protoPath(value: unknown, at: string): string | undefined {
  const entries = Array.isArray(value) ? value.entries() : isObject(value) ? Object.entries(value) : [];
  for (const [name, member] of entries) {
    const here = typeof name === "number" ? `${at}[${name}]` : join(at, name);
    const found = name === "__proto__" ? here : protoPath(member, here);
    if (found) return found;
  }
  return undefined;
}

const fault = (file: string, at: string, message: string): Read => ({ fault: { file, at, message } });
