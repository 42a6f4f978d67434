import { safe } from "../../cli/terminal/terminal.ts";
import type { CheckedFile } from "../check-file.ts";
import { findingsOf, judgedIn, subjectName } from "../finding.ts";
import type { Checked } from "../judge-subject.ts";

/** A run as JUnit XML: a suite for each file, a case for each resource; what is undetermined is skipped. */
export function junit(files: readonly CheckedFile[]): string {
  const suites = files.flatMap((one) => (one.is === "passed-over" ? [] : [toSuite(one)]));
  return ['<?xml version="1.0" encoding="UTF-8"?>', element("testsuites", { name: "keyward" }, suites)].join("\n");
}

function toSuite(one: Exclude<CheckedFile, { is: "passed-over" }>): string {
  const judged = judgedIn([one]);
  const many = (verdict: Checked["verdict"]) => judged.filter((checked) => checked.verdict === verdict).length;
  const errors = one.is === "fault" ? [toError(one)] : [];
  const counts = {
    tests: judged.length + errors.length,
    failures: many("non-compliant"),
    errors: errors.length,
    skipped: many("undetermined"),
  };
  return element("testsuite", { name: one.file, ...counts }, [...judged.map(toCase), ...errors]);
}

function toCase(checked: Checked): string {
  const { file, line } = checked;
  const attributes = { name: subjectName(checked), classname: file, file, line };
  const lines = findingsOf(checked).map(({ path, protects, is, because, key, line, column }) => {
    const setting = path === "" ? "" : ` ${path} (${protects})`;
    return safe(
      `${file}:${line}:${column}${setting} ${is}${key ? ` ${key}` : ""}${because ? `: ${because}` : ""}`,
      1000,
    );
  });
  const message = lines[0] ?? "";
  if (checked.verdict === "undetermined") {
    return element("testcase", attributes, [element("skipped", { message: lines.join("; ") }, [])]);
  }
  if (checked.verdict !== "non-compliant") return element("testcase", attributes, []);
  const failure = element("failure", { message, type: checked.verdict }, [escaped(lines.join("\n"))]);
  return element("testcase", attributes, [failure]);
}

function toError({ file, line, column, message }: Extract<CheckedFile, { is: "fault" }>): string {
  const text = line === undefined ? message : `line ${line}, column ${column}: ${message}`;
  const error = element("error", { message: text, type: "unreadable" }, []);
  return element("testcase", { name: "can be read", classname: file, file }, [error]);
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  inner: readonly string[],
): string {
  const written = Object.entries(attributes).map(
    ([attribute, value]) => ` ${attribute}="${escaped(safe(String(value), 2000))}"`,
  );
  const open = `<${name}${written.join("")}`;
  return inner.length === 0 ? `${open}/>` : `${open}>${inner.join("")}</${name}>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Control characters, which XML has no form for at all, are taken out by `safe` before. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
