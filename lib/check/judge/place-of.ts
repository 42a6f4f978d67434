import type { FilePlace } from "../../core/model/types.ts";
import type { CheckSubject } from "../model/subject.ts";

/** The names by which the policy's exemptions find a subject: `file` and `address` of their `match`. */
export const placeOf = (file: string, { name, place, at }: CheckSubject): FilePlace => ({
  files: pathsOf(file),
  addresses: [...new Set([name, place, ...resourceOf(at)])],
});

/** The path with `/`, without `./`; and for an absolute one, each path that it has from a folder on. */
function pathsOf(file: string): string[] {
  const path = file.replaceAll("\\", "/").replace(/^(\.\/)+/, "");
  if (!/^([A-Za-z]:)?\//.test(path)) return [path];
  const parts = path.split("/");
  return parts.map((_, i) => parts.slice(i).join("/"));
}

/** The logical id of a template's resource that holds the subject: a state machine has several calls. */
const resourceOf = (at: CheckSubject["at"]): string[] =>
  at[0] === "Resources" && typeof at[1] === "string" ? [at[1], `Resources.${at[1]}`] : [];
