import { json } from "../../check/formats/json.ts";
import { junit } from "../../check/formats/junit.ts";
import { sarif } from "../../check/formats/sarif.ts";
import type { CheckFormat } from "../../check/model/format.ts";
import { table } from "./check-table.ts";

/** The output formats of a check by their names for --format. A new format is a module and its row here. */
export const checkFormats: ReadonlyMap<string, CheckFormat> = new Map([
  ["table", table],
  ["json", json],
  ["sarif", sarif],
  ["junit", junit],
]);
