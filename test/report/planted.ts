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

// Members with a closed set of values, or with numbers as text.
const CLOSED = new Set(["of", "verdict", "is", "code", "without", "by"]);

/** The report with `text` in every member that holds a text, after the member's own value if that has a fixed form. */
export function plant(report: Report, text: string): Report {
  return walk(report, text) as Report;
}

function walk(value: unknown, text: string, member = ""): unknown {
  if (typeof value === "string") return CLOSED.has(member) ? value : text;
  if (Array.isArray(value)) return value.map((one) => walk(one, text, member));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, text, name)]));
}
