import { protectsNoun } from "../../catalogue/protects.ts";
import type { Report } from "../../core/report/report.ts";
import { code, html } from "../page/html.js";
import type { Section } from "../section.ts";
import { type Column, table } from "../table.ts";
import { kindTitle, number } from "../words.ts";

type Failure = Report["settings"][number];

interface Row extends Pick<Failure, "kind" | "path" | "protects"> {
  readonly missing: number;
  readonly rejected: number;
  readonly undetermined: number;
}

/** The settings without an accepted key, and how they fail. */
export function failingSettings({ settings }: Report): Section | undefined {
  if (settings.length === 0) return undefined;
  const rows = rowsOf(settings).toSorted((a, b) => failed(b) - failed(a) || b.undetermined - a.undetermined);
  const columns: readonly Column<Row>[] = [
    { title: "Setting", as: "head", cell: ({ kind, path }) => html`<small>${kindTitle(kind)}</small> ${code(path)}` },
    { title: "Missing", as: "number", cell: ({ missing }) => number(missing) },
    { title: "Rejected", as: "number", cell: ({ rejected }) => number(rejected) },
    { title: "Undetermined", as: "number", cell: ({ undetermined }) => number(undetermined) },
    { title: "What it protects", cell: ({ protects }) => protectsNoun(protects) },
  ];
  return {
    id: "settings",
    title: "Settings that fail",
    body: html`<p>A setting is missing if no key is named, rejected if the policy does not accept the key, and undetermined if a fact is not known.</p>
${table({ caption: "Settings by how often they fail", columns, rows, many: "more settings" })}`,
  };
}

const failed = ({ missing, rejected }: Row): number => missing + rejected;

function rowsOf(settings: readonly Failure[]): Row[] {
  const rows = new Map<string, Row>();
  for (const { kind, path, protects, is, count } of settings) {
    const id = JSON.stringify([kind, path, protects]);
    const row = rows.get(id) ?? { kind, path, protects, missing: 0, rejected: 0, undetermined: 0 };
    if (is === "missing" || is === "rejected" || is === "undetermined") rows.set(id, { ...row, [is]: row[is] + count });
  }
  return [...rows.values()];
}
