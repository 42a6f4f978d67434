import type { Json } from "../../core/model/json.ts";
import { isBlank } from "../../core/model/member.ts";
import { collect } from "../../core/model/path.ts";
import type { SettingVerdict } from "../../core/model/types.ts";
import { oneLine } from "../../text/one-line.ts";

export type ProtectedPath = Pick<SettingVerdict, "path" | "protects">;

export const isFlag = ({ protects }: ProtectedPath): boolean => protects === "in-transit";

/** Fits a mail of 78 columns, in which code is indented. */
const MAX_LINE = 74;

const ROOT_VOLUME = '{"EbsVolumeConfig": {"RootVolume": True, "VolumeKmsKeyId": key}}';

/**
 * The Python that sets `A.B[1].C`, on one line if it fits: `request["A"]["B"][1]["C"] = key`. A parent that the request
 * lacks is created, and so is one of a request that the event does not have.
 */
export function assignment(finding: ProtectedPath, request: Json | undefined, root = "request"): string[] {
  const parts = finding.path.split(".");
  const last = parts.pop() ?? "";
  if (finding.protects === "root-volume" && finding.path.includes("[].")) {
    const list = [...parts.slice(0, -2), parts.at(-2)?.replace("[]", "") ?? ""];
    return [...reach(list, "[]", request, root, ROOT_VOLUME.length + 9, (to) => `${to}.append(${ROOT_VOLUME})`)];
  }
  const value = isFlag(finding) ? "True" : "key";
  return reach(parts, "{}", request, root, last.length + 14, (to) => `${to}[${quotePython(last)}] = ${value}`);
}

/** Lines that end with `use` of the expression for a parent. Where one line has no room, `part` holds the way so far. */
function reach(
  parts: readonly string[],
  empty: "{}" | "[]",
  request: Json | undefined,
  root: string,
  room: number,
  use: (expression: string) => string,
): string[] {
  const lines: string[] = [];
  let expression = root;
  parts.forEach((part, i) => {
    const step = stepOf(part, i === parts.length - 1 ? empty : "{}", isThere(request, parts.slice(0, i + 1)));
    const needed = i === parts.length - 1 ? room : 0;
    if (`${expression}${step}`.length + needed > MAX_LINE && expression !== root && expression !== "part") {
      lines.push(`part = ${expression}`);
      expression = "part";
    }
    expression += step;
  });
  if (expression !== root && use(expression).length > MAX_LINE && expression !== "part") {
    lines.push(`part = ${expression}`);
    expression = "part";
  }
  return [...lines, use(expression)];
}

function stepOf(part: string, empty: "{}" | "[]", isThere: boolean): string {
  const [, member = part, index] = /^([^[]*)(?:\[(\d*)\])?$/.exec(part) ?? [];
  const name = quotePython(member);
  if (index !== undefined) return `[${name}][${index || 0}]`;
  return isThere ? `[${name}]` : `.setdefault(${name}, ${empty})`;
}

const isThere = (request: Json | undefined, parts: readonly string[]): boolean =>
  request !== undefined && !isBlank(collect(request, parts.join("."))[0]?.value);

export const quotePython = (value: string): string =>
  JSON.stringify(oneLine(value, 2048).replace(/[^\x20-\x7e]/g, "?"));
