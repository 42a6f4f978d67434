import type { Json } from "../../core/model/json.ts";
import { isObject, text } from "../../core/model/member.ts";
import { parseJson } from "../../core/model/parse-json.ts";
import type { KnownFinding } from "./baseline.ts";

export type ReadBaseline =
  | { readonly is: "baseline"; readonly findings: readonly KnownFinding[] }
  | { readonly is: "fault"; readonly message: string };

/** The text of a baseline: JSON with a line for each finding, so that a change of it can be read. */
export function printBaseline(findings: readonly KnownFinding[]): string {
  const lines = findings.map((one) => `    ${JSON.stringify(one)}`);
  const list = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`;
  return `{\n  "keyward": "baseline",\n  "version": 1,\n  "findings": ${list}\n}\n`;
}

/** Reads the text of a baseline. Never throws. */
export function readBaseline(content: string): ReadBaseline {
  const document = parsed(content);
  if (!isObject(document) || document.keyward !== "baseline") {
    return fault("no baseline; write one with keyward check --write-baseline");
  }
  if (document.version !== 1) return fault("a baseline of another version; write it again with --write-baseline");
  if (!Array.isArray(document.findings)) return fault("a baseline without findings; write it again");
  const findings = document.findings.map(toKnown);
  const broken = findings.indexOf(undefined);
  if (broken >= 0) return fault(`findings[${broken}] needs the texts file, at, path, protects and is; write it again`);
  return { is: "baseline", findings: findings.filter((one) => one !== undefined) };
}

const fault = (message: string): ReadBaseline => ({ is: "fault", message });

function parsed(content: string): Json | undefined {
  try {
    return parseJson(content) as Json;
  } catch {
    return undefined;
  }
}

function toKnown(value: Json): KnownFinding | undefined {
  const [file, at, path, protects, is] = ["file", "at", "path", "protects", "is"].map((name) => text(value, name));
  if (file === undefined || at === undefined || path === undefined) return undefined;
  return protects === undefined || is === undefined ? undefined : { file, at, path, protects, is };
}
