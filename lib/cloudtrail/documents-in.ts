import { constants } from "node:buffer";

/** What stands in a file, one value after the other. Throws a SyntaxError where something is not JSON. */
export function* documentsIn(bytes: Buffer): Generator<unknown> {
  if (isUtf16(bytes)) return yield* documentsOf(bytes.toString("utf16le"));
  if (isLines(bytes)) return yield* lines(bytes);
  if (bytes.length > constants.MAX_STRING_LENGTH) throw new SyntaxError("too long for one document");
  yield* documentsOf(bytes.toString("utf8"));
}

/** What PowerShell's `>` writes. */
const isUtf16 = (bytes: Buffer): boolean => bytes[0] === 0xff && bytes[1] === 0xfe;

const NEWLINE = 0x0a;

/** JSON Lines: the first line is a document of its own. */
function isLines(bytes: Buffer): boolean {
  const end = bytes.indexOf(NEWLINE);
  if (end === -1) return false;
  try {
    JSON.parse(plain(bytes.subarray(0, end).toString("utf8")));
    return true;
  } catch {
    return false;
  }
}

/** Line by line, for what may be longer than a string can be. */
function* lines(bytes: Buffer): Generator<unknown> {
  for (let from = 0; from < bytes.length; ) {
    const at = bytes.indexOf(NEWLINE, from);
    const end = at === -1 ? bytes.length : at;
    const line = plain(bytes.subarray(from, end).toString("utf8"));
    if (line.trim() !== "") yield* documentsOf(line);
    from = end + 1;
  }
}

/** One document, or several one after another, as members of one gzip may hold them. */
function* documentsOf(text: string): Generator<unknown> {
  const body = plain(text);
  let whole: unknown;
  try {
    whole = JSON.parse(body);
  } catch (error) {
    const spans = [...spansOf(body)];
    if (spans.length < 2) throw error;
    for (const [from, to] of spans) yield JSON.parse(body.slice(from, to));
    return;
  }
  yield whole;
}

/** From the end of each outermost object or list to that of the next; what follows the last one too. */
function* spansOf(text: string): Generator<readonly [from: number, to: number]> {
  let [depth, from] = [0, 0];
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/gs)) {
    if (token === "{" || token === "[") depth++;
    else if ((token === "}" || token === "]") && --depth === 0) {
      yield [from, index + 1];
      from = index + 1;
    }
  }
  if (text.slice(from).trim() !== "") yield [from, text.length];
}

const plain = (text: string): string => text.replace(/^\ufeff/, "");
