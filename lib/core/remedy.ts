import { operation as rowOf } from "../catalogue/lookup.ts";
import { text } from "./member.ts";
import { oneLine } from "./text.ts";
import type { JsonObject, SettingVerdict } from "./types.ts";

export interface Remedy {
  readonly language: "shell" | "python";
  readonly code: string;
}

/** What the placeholder is written as where the policy names no key to suggest. */
export const KEY_PLACEHOLDER = "alias/YOUR-KEY";

const MAX_PATHS = 12;

/**
 * How to make the call right, from the findings' paths: a ready AWS CLI command where the keys are top-level members of a
 * short request, else Python that puts them into the caller's own request. Takes nothing of the record but what names the
 * resource; all of it is quoted for the language that it stands in.
 */
export function remedyOf(
  operation: string,
  request: JsonObject,
  findings: readonly SettingVerdict[],
  key: string = KEY_PLACEHOLDER,
): Remedy {
  return operation === "CreateNotebookInstance"
    ? notebookCommand(request, key)
    : python(operation, request, findings, key);
}

/** A notebook's request is short enough to be given whole. */
function notebookCommand(request: JsonObject, key: string): Remedy {
  const value = (name: string, otherwise: string) => shellQuote(text(request, name) ?? otherwise);
  const lines = [
    "aws sagemaker create-notebook-instance",
    `--notebook-instance-name ${shellQuote(`${(text(request, "NotebookInstanceName") ?? "notebook").slice(0, 60)}-2`)}`,
    `--instance-type ${value("InstanceType", "ml.t3.medium")}`,
    `--role-arn ${value("RoleArn", "YOUR-ROLE-ARN")}`,
    `--kms-key-id ${shellQuote(key)}`,
  ];
  return { language: "shell", code: lines.join(" \\\n  ") };
}

function python(operation: string, request: JsonObject, findings: readonly SettingVerdict[], key: string): Remedy {
  const name = rowOf(operation)?.name;
  const named = name && text(request, name) ? `  # ${oneLine(text(request, name) ?? "", 63)}` : "";
  const paths = [...new Set(findings.map(({ path }) => path))];
  const lines = [
    "import boto3",
    "",
    `key = ${pythonQuote(key)}`,
    `request = {...}  # what you passed to ${methodOf(operation)}`,
    ...paths.slice(0, MAX_PATHS).flatMap((path) => assignment(path, findings)),
    ...(paths.length > MAX_PATHS ? [`# and so on for ${paths.length - MAX_PATHS} more`] : []),
    `boto3.client("sagemaker").${methodOf(operation)}(**request)${named}`,
  ];
  return { language: "python", code: lines.join("\n") };
}

/** `A.B[1].C` as `request["A"]["B"][1]["C"] = key`; optional parents are made where they are absent. */
function assignment(path: string, findings: readonly SettingVerdict[]): string[] {
  const flag = findings.some((finding) => finding.path === path && finding.protects === "in-transit");
  const value = flag ? "True" : "key";
  const parts = path.split(".");
  const last = parts.pop() ?? "";
  const rootVolume = findings.some((finding) => finding.path === path && finding.protects === "root-volume");
  if (rootVolume && path.includes("[].")) {
    const parent = parts.join(".").replace(/\[\]\.EbsVolumeConfig$/, "");
    const element = '{"EbsVolumeConfig": {"RootVolume": True, "VolumeKmsKeyId": key}}';
    return [`${reach(parent.split("."), "[]")}.append(${element})`];
  }
  return [`${reach(parts, "{}")}[${pythonQuote(last)}] = ${value}`];
}

/** An expression for a parent; the innermost one is made where the request has none. */
function reach(parts: readonly string[], empty: "{}" | "[]"): string {
  return parts.reduce((expression, part, i) => {
    const [, member = part, index] = /^([^[]*)(?:\[(\d*)\])?$/.exec(part) ?? [];
    const name = pythonQuote(member);
    if (index !== undefined) return `${expression}[${name}][${index || 0}]`;
    return `${expression}.setdefault(${name}, ${i === parts.length - 1 ? empty : "{}"})`;
  }, "request");
}

/** boto3's name of an operation: botocore's rule of where words begin, which keeps runs of capitals together. */
export function methodOf(operation: string): string {
  return operation
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

const shellQuote = (value: string): string => {
  const line = oneLine(value, 256);
  return /^[\w.:/=@+-]+$/.test(line) ? line : `'${line.replaceAll("'", `'\\''`)}'`;
};

const pythonQuote = (value: string): string => JSON.stringify(oneLine(value, 2048).replace(/[^\x20-\x7e]/g, "?"));
