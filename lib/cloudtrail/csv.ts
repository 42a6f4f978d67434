import type { TextDocument } from "./text-document.ts";

/** A cell (RFC 4180), quoted with its quotes doubled, or bare; and what ends it. */
const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

/**
 * The column of the events in CloudTrail Lake's query results as saved to S3: `eventJson`. `undefined` for anything else.
 * `opening` is the beginning of the text.
 */
export function eventColumn(opening: string): number | undefined {
  const header = /^\s*([^\r\n{[]*)\r?\n/
    .exec(opening)?.[1]
    ?.split(",")
    .map((name) => name.replaceAll('"', "").trim().toLowerCase());
  const column = header?.indexOf("eventjson") ?? -1;
  return column === -1 ? undefined : column;
}

/** The events of each row, as documents; `row 1` follows the header. Reading ends at the first fault. */
export function* csvDocuments(text: string, column: number): Generator<TextDocument> {
  let row = 0;
  for (const cells of csvRows(text)) {
    const at = `row ${row}`;
    if (cells === undefined) return yield { at, fault: "not a table of comma-separated values" };
    const record = cells[column] ?? "";
    if (row++ === 0 || record === "") continue;
    try {
      yield { at, value: JSON.parse(record) };
    } catch {
      yield { at, fault: "not JSON; eventJson should hold an event as text" };
    }
  }
}

/** The cells of each row, the header's too; `undefined` where the text is no table. */
function* csvRows(text: string): Generator<string[] | undefined> {
  let cells: string[] = [];
  for (let at = 0; at < text.length; at = CELL.lastIndex) {
    CELL.lastIndex = at;
    const [, quoted, bare = "", end] = CELL.exec(text) ?? [];
    if (end === undefined) return yield undefined;
    cells.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === ",") continue;
    const { lastIndex } = CELL;
    yield cells;
    // Another table may have been read in the meantime.
    CELL.lastIndex = lastIndex;
    cells = [];
  }
}
