import { defined } from "../core/model/defined.ts";
import { isObject } from "../core/model/member.ts";
import { type FileContent, readFile } from "../files/read-file.ts";
import { readStandardInput } from "../files/standard-input.ts";
import { findEventFiles, NO_EVENT_FILES } from "./event-files.ts";
import { readEvents } from "./read-events.ts";
import { syntaxFault } from "./syntax-fault.ts";
import { type EventItem, joinPlace } from "./unwrap.ts";

/** One event and its place. */
export interface Input {
  readonly file: string;
  /** The place in the file, such as `Records[3]` or `line 7`; empty for the whole file. */
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

const MAX_EVENT_LENGTH = 1024 * 1024;
/** A log of CloudTrail has 50 MB at most. */
const FILE_LIMIT = { maxBytes: 64 * 1024 * 1024 };

/** Reads events from files, folders and `-`, in order, each with its place; a fault in one holds up none of the others. */
export async function* readInputs(paths: readonly string[]): AsyncGenerator<Read> {
  for (const path of paths) {
    if (path === "-") yield* readContent("standard input", await readStandardInput(FILE_LIMIT));
    else yield* readPath(path);
  }
}

async function* readPath(path: string): AsyncGenerator<Read> {
  for await (const found of findEventFiles([path])) {
    if (found.is === "file") yield* readContent(found.path, readFile(found.path, FILE_LIMIT));
    else if (found.is === "empty-folder") yield fault(found.path, "", NO_EVENT_FILES);
    else yield fault(found.path, "", found.because);
  }
}

function* readContent(file: string, content: FileContent): Generator<Read> {
  if (content.is === "fault") return yield fault(file, "", content.because);
  let isEmpty = true;
  for (const item of readEvents(content.bytes, { places: true, explain: syntaxFault })) {
    isEmpty = false;
    yield* readItem(file, item);
  }
  if (isEmpty) yield fault(file, "", "empty; give an event as JSON");
}

function* readItem(file: string, item: EventItem): Generator<Read> {
  const { at } = item;
  if (item.is === "fault") return yield fault(file, at, item.because);
  if (item.is === "empty-list") return yield fault(file, at, "no event in it; give at least one");
  const { event } = item;
  const found = inspect(event, at);
  if (found === undefined) return yield fault(file, at, "nested too deep; give an event as CloudTrail writes it");
  if (found.length > MAX_EVENT_LENGTH) {
    return yield fault(file, at, "an event of over 1 MiB; CloudTrail's are at most 256 KB: give the event alone");
  }
  const message = "a member named __proto__, which no AWS record has; it is judged without it: remove it";
  if (found.proto) yield fault(file, found.proto, message);
  yield { input: { file, at, event } };
}

/** The characters of its JSON, and the place of a member `__proto__`; `undefined` where the stack is too small for it. */
function inspect(event: unknown, at: string): { readonly length: number; readonly proto?: string } | undefined {
  try {
    return { length: JSON.stringify(event).length, ...defined({ proto: protoPlace(event, at) }) };
  } catch {
    return undefined;
  }
}

/** The place of an own member `__proto__`. */
function protoPlace(value: unknown, at: string): string | undefined {
  const entries = Array.isArray(value) ? value.entries() : isObject(value) ? Object.entries(value) : [];
  for (const [name, member] of entries) {
    const here = typeof name === "number" ? `${at}[${name}]` : joinPlace(at, name);
    const found = name === "__proto__" ? here : protoPlace(member, here);
    if (found) return found;
  }
  return undefined;
}

const fault = (file: string, at: string, message: string): Read => ({ fault: { file, at, message } });
