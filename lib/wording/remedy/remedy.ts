import { operation as rowOf } from "../../catalogue/find-operation.ts";
import { isBucket } from "../../catalogue/protects.ts";
import type { SettingVerdict } from "../../core/model/types.ts";
import { shellWord } from "../../text/shell-word.ts";
import { defanged } from "../../text/untrusted.ts";
import { quotePath } from "../catalogue-path.ts";
import { keyToFillIn, type Place } from "./fill-in.ts";
import { bucketCommands } from "./remedy-bucket.ts";
import { notebookCommand } from "./remedy-notebook.ts";
import { isFlag } from "./remedy-path.ts";
import { pythonOf } from "./remedy-python.ts";
import type { Wrong } from "./wrong.ts";

export interface Remedy {
  /** `text`: settings to make in the caller's own tool. */
  readonly language: "shell" | "python" | "text";
  readonly code: string;
}

const MAX_PATHS = 12;

/** The key for a snippet: the suggested one, or one to fill in. */
export const keyFor = (place: Place, suggested?: string): string => shellWord(suggested) ?? keyToFillIn(place);

/**
 * The code that corrects the call, from the findings' paths: commands of the AWS CLI for a notebook and for buckets, else
 * a template in Python that sets the keys in the reader's own request. Of the record's values it holds only names and a
 * notebook's few identifiers, and only those that have the form of identifiers. Nothing if no call can correct it.
 */
export function remedyOf(wrong: Wrong, suggested?: string): Remedy | undefined {
  const key = keyFor(wrong.place, suggested);
  const keyed = wrong.findings.filter((finding) => !isBucket(finding));
  const buckets = bucketCommands(wrong.findings.filter(isBucket), wrong.request ?? {}, key, wrong.place);
  const remedy = keyed.length === 0 ? undefined : keyedRemedy({ ...wrong, findings: keyed }, key);
  if (remedy === undefined) return buckets.length > 0 ? { language: "shell", code: buckets.join("\n") } : undefined;
  const asComments = buckets.map((command) => `\n${command.replace(/^/gm, "# ")}`);
  return { ...remedy, code: [remedy.code, ...asComments].join("\n") };
}

function keyedRemedy(wrong: Wrong, key: string): Remedy | undefined {
  const row = rowOf(wrong.operation);
  // No request takes such a key, and another service's resource has it.
  if (row?.readsResponse || row?.heldBy) return undefined;
  if (wrong.operation === "CreateNotebookInstance")
    return { language: "shell", code: notebookCommand(wrong.request ?? {}, key, wrong.place) };
  if (wrong.ofParent || wrong.findings.some(({ path }) => path.startsWith("Steps["))) {
    return { language: "text", code: settingsText(wrong.findings, key) };
  }
  return { language: "python", code: pythonOf(wrong, key) };
}

/** The keys of a parent's jobs are in its definition, which the caller's own tool generates again. */
function settingsText(findings: readonly SettingVerdict[], key: string): string {
  const lines = findings.map(
    (finding) => `${quotePath(finding.path, defanged)}: ${isFlag(finding) ? "true" : JSON.stringify(key)}`,
  );
  const more = lines.length - MAX_PATHS;
  return [...lines.slice(0, MAX_PATHS), ...(more > 0 ? [`and so on for ${more} more`] : [])].join("\n");
}
