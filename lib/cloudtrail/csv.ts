/** A cell (RFC 4180): quoted, with its quotes doubled, or bare; and what ends it. */
const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

/**
 * The rows of CloudTrail Lake's query results as saved to S3, where one of the columns is `eventJson`; `undefined` for
 * anything else. `opening` is how the text begins.
 */
export function csvRows(bytes: Buffer, opening: string): Iterable<unknown> | undefined {
  const header = /^\s*([^\r\n{[]*)\r?\n/
    .exec(opening)?.[1]
    ?.split(",")
    .map((name) => name.replaceAll('"', "").trim());
  const column = header?.findIndex((name) => name.toLowerCase() === "eventjson") ?? -1;
  return column === -1 ? undefined : rowsOf(bytes.toString("utf8").trimStart(), column);
}

function* rowsOf(text: string, column: number): Generator<unknown> {
  CELL.lastIndex = 0;
  let cells: string[] = [];
  let rows = 0;
  for (let at = 0; at < text.length; at = CELL.lastIndex) {
    CELL.lastIndex = at;
    const [, quoted, bare = "", end] = CELL.exec(text) ?? [];
    if (end === undefined) throw new SyntaxError("not a table of comma-separated values");
    cells.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === ",") continue;
    const record = cells[column] ?? "";
    if (rows++ > 0 && record !== "") yield JSON.parse(record);
    cells = [];
  }
}
