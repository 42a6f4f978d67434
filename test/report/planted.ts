import type { Report } from "../../lib/core/report/report.ts";

/** Texts that break out of a place in the page. Each sets a mark if it runs. */
export const PLANTED = [
  `</script><script>window.ran = "script"</script>`,
  `"><img src=x onerror="window.ran = 'attribute'">`,
  `'><svg onload="window.ran = 'quote'">`,
  `</title></style><body onload="window.ran = 'body'">`,
  `<!--<script>`,
  `--><script>window.ran = "comment"</script>`,
  `]]><b>`,
  `{{constructor.constructor("window.ran = 'template'")()}}`,
  `\${window.ran = "literal"}`,
  `javascript:window.ran='link'`,
  `&lt;i&gt;&#60;`,
  `__proto__`,
  `toString`,
] as const;

// Members that are of a closed set or are numbers in texts.
const CLOSED = new Set(["of", "verdict", "is", "code", "without", "by"]);

/** The report with `text` in every member that holds a text, behind what it held where that has a form of its own. */
export function plant(report: Report, text: string): Report {
  return walk(report, text) as Report;
}

function walk(value: unknown, text: string, member = ""): unknown {
  if (typeof value === "string") return CLOSED.has(member) ? value : text;
  if (Array.isArray(value)) return value.map((one) => walk(one, text, member));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, text, name)]));
}
