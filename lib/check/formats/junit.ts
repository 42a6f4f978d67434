import { oneLine } from "../../text/one-line.ts";
import { defanged } from "../../text/untrusted.ts";
import { quotePath } from "../../wording/catalogue-path.ts";
import { say } from "../../wording/reasons/say.ts";
import { type CheckFinding, findingsOf, isBreach, isOpen, judgedResources, resourceTitle } from "../model/finding.ts";
import type { CheckFormat } from "../model/format.ts";
import type { CheckedResource, FileFault, FileResult } from "../model/result.ts";
import { sayUnder } from "./circumstances.ts";
import { sayStanding } from "./standing.ts";

/**
 * JUnit XML: a suite for each file, and a case for each resource. A case is skipped if its resource is undetermined, or if
 * all its findings are suppressed or known by the baseline.
 */
export const junit: CheckFormat = {
  description: "JUnit XML, a case for each resource",
  print: (results) => {
    const suites = results.flatMap((result) =>
      result.is === "skipped" || result.is === "unread" ? [] : [toSuite(result)],
    );
    return ['<?xml version="1.0" encoding="UTF-8"?>', element("testsuites", { name: "keyward" }, suites)].join("\n");
  },
};

function toSuite(result: Exclude<FileResult, { is: "skipped" | "unread" }>): string {
  const judged = judgedResources([result]);
  const count = (outcome: Outcome) => judged.filter((one) => outcomeOf(one) === outcome).length;
  const errors = result.is === "fault" ? [toError(result)] : [];
  const attributes = {
    name: result.file,
    tests: judged.length + errors.length,
    failures: count("failure"),
    errors: errors.length,
    skipped: count("skipped"),
  };
  return element("testsuite", attributes, [...judged.map(toCase), ...errors]);
}

type Outcome = "failure" | "skipped" | "passed";

function outcomeOf(resource: CheckedResource): Outcome {
  const findings = findingsOf(resource);
  if (findings.some((finding) => isOpen(finding) && isBreach(finding))) return "failure";
  return findings.length > 0 ? "skipped" : "passed";
}

function toCase(resource: CheckedResource): string {
  const { file, line, verdict } = resource;
  const attributes = { name: defanged(resourceTitle(resource), 300), classname: file, file, line };
  const outcome = outcomeOf(resource);
  // The findings that fail the case come first: some programs show the first line only.
  const findings = findingsOf(resource).sort((a, b) => Number(isOpen(b)) - Number(isOpen(a)));
  const lines = findings.map((finding) => findingLine(file, finding));
  switch (outcome) {
    case "passed":
      return element("testcase", attributes, []);
    case "skipped":
      return element("testcase", attributes, [element("skipped", { message: lines.join("; ") }, [])]);
    case "failure": {
      const failure = element("failure", { message: lines[0] ?? "", type: verdict }, [escaped(lines.join("\n"))]);
      return element("testcase", attributes, [failure]);
    }
    default:
      return outcome satisfies never;
  }
}

function findingLine(file: string, finding: CheckFinding): string {
  const { path, attribute = path, protects, is, reason, key, under, line, column } = finding;
  const setting = path === "" ? "" : ` ${quotePath(attribute, defanged)} (${protects})`;
  const named = key === undefined ? "" : ` ${defanged(key, 300)}`;
  const because = reason === undefined ? "" : `: ${say(reason, defanged)}`;
  const text = `${setting} ${is}${named}${sayUnder(under, defanged)}${because}${sayStanding(finding, defanged)}`;
  return oneLine(`${file}:${line}:${column}${text}`, 1000);
}

function toError({ file, line, column, message }: FileFault): string {
  const text = line === undefined ? message : `line ${line}, column ${column}: ${message}`;
  const error = element("error", { message: defanged(text, 1000), type: "unreadable" }, []);
  return element("testcase", { name: "can be read", classname: file, file }, [error]);
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  inner: readonly string[],
): string {
  const written = Object.entries(attributes).map(
    ([attribute, value]) => ` ${attribute}="${escaped(oneLine(String(value), 2000))}"`,
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

/** XML cannot contain control characters. `oneLine` has removed them before. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
