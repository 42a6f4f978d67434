import { type CheckOptions, checkFile } from "../../lib/check/check-file.ts";
import type { FileText } from "../../lib/check/model/form.ts";
import type { CheckedResource, FileResult } from "../../lib/check/model/result.ts";
import { policyOf } from "../support/build.ts";

type Options = Partial<Omit<FileText, "text"> & CheckOptions>;

/** Checks one text, or one value as JSON, like a file that the user named. */
export function checkText(content: unknown, options: Options = {}): FileResult {
  const {
    file = "template.yaml",
    inFolder = false,
    policy = policyOf(),
    operation,
    unchanged = false,
    parameters = [],
  } = options;
  const text = typeof content === "string" ? content : JSON.stringify(content, null, 2);
  return checkFile(
    { file, inFolder, text },
    { policy, operation, unchanged, parameters, time: new Date("2026-11-02T09:15:00Z") },
  );
}

/** Checks one text that can be judged, and returns its resources. */
export function resourcesIn(content: unknown, options: Options = {}): readonly CheckedResource[] {
  const result = checkText(content, options);
  if (result.is !== "judged") throw new Error(JSON.stringify(result));
  return result.resources;
}
