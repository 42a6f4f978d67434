import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface Asset {
  readonly text: string;
  /** The hash in the form of a Content-Security-Policy. */
  readonly hash: string;
}

const SCRIPTS = ["html.js", "row.js", "select-rows.js", "main.js"];
const STYLES = ["page.css", "chart.css", "table.css", "findings.css", "print.css"];
/** All files of `page/` in a report. A bundle has them in a folder `page/` next to itself. */
export const PAGE_FILES: readonly string[] = [...SCRIPTS, ...STYLES];

/** The page's script: the modules of `page/` as one, each after its imports. */
export function pageScript(): Asset {
  const modules = SCRIPTS.map((name) =>
    source(name)
      .replace(/^import .*\n/gm, "")
      .replace(/^export /gm, ""),
  );
  return asset(`(() => {\n"use strict";\n${modules.join("\n")}})();\n`);
}

export const pageStyle = (): Asset => asset(STYLES.map(source).join("\n"));

const asset = (text: string): Asset => ({
  text,
  hash: `sha256-${createHash("sha256").update(text).digest("base64")}`,
});

// A browser normalises line ends to \n before it computes the hash.
const source = (name: string): string =>
  readFileSync(join(import.meta.dirname, "page", name), "utf8").replaceAll("\r\n", "\n");
