import { defined } from "../core/model/defined.ts";
import type { Policy } from "../policy/schema.ts";
import { instead, isIntended, readSubjects } from "./forms/read-subjects.ts";
import { judgeSubject } from "./judge/judge-subject.ts";
import type { CheckDocument } from "./model/document.ts";
import type { FileText } from "./model/form.ts";
import type { ParameterValues } from "./model/parameters.ts";
import type { FileResult } from "./model/result.ts";
import { mentionsSageMaker } from "./read/mentions.ts";
import { readDocument } from "./read/read-document.ts";
import { applySkips } from "./skips/apply-skips.ts";

export interface CheckOptions {
  readonly policy: Policy;
  /** The operation of request files, in the API's spelling. It is used if a file's name and members do not show one. */
  readonly operation: string | undefined;
  /** Judges the resources too that a plan leaves unchanged. */
  readonly unchanged: boolean;
  /** The parameters of each stage for which a template is judged; empty: any that the template accepts. */
  readonly parameters: readonly ParameterValues[];
  /** The time of the check. Exemptions that have expired by then do not count. */
  readonly time: Date;
}

/** Judges every subject of one file. Never throws: a file that cannot be read gives a result of its own. */
export function checkFile(file: FileText, options: CheckOptions): FileResult {
  try {
    const result = checkText(file, options);
    const isUnread = result.is === "skipped" && mentionsSageMaker(file.text, "data");
    return isUnread ? { is: "unread", file: file.file } : result;
  } catch (error) {
    // Deep nesting overflows the stack, which throws a RangeError. Any other error is a bug.
    if (!(error instanceof RangeError)) throw error;
    return faultIn(file, "nested too deep; give a template, a request or a definition");
  }
}

function checkText(file: FileText, options: CheckOptions): FileResult {
  if (file.text.trim() === "") return nothingIn(file, "empty; give a template or a request");
  const other = file.inFolder ? undefined : instead(file);
  if (other !== undefined) return faultIn(file, other);
  const read = readDocument(file.text);
  if ("document" in read) return checkDocument(file, read.document, options);
  if (file.inFolder && !isIntended(file)) return { is: "skipped", file: file.file };
  return { is: "fault", file: file.file, ...read.position, message: read.fault };
}

/** Judges every subject of a file that is already read. `file` has no text then. */
export function checkDocument(file: FileText, document: CheckDocument, options: CheckOptions): FileResult {
  const { policy, operation, unchanged, parameters, time } = options;
  const { file: name, inFolder } = file;
  const reading = readSubjects({ file: name, inFolder, document: document.value, operation, unchanged, parameters });
  switch (reading.is) {
    case "subjects": {
      const resources = reading.subjects.map((subject) => judgeSubject(file.file, subject, document, policy, time));
      const judged = {
        is: "judged",
        file: file.file,
        resources,
        ...defined({ uncovered: reading.uncovered, parameters: reading.parameters }),
      } as const;
      return applySkips(file.text, [document], judged, time);
    }
    case "not-judged":
      return nothingIn(file, reading.message);
    case "fault":
      return faultIn(file, reading.message);
    default:
      return reading satisfies never;
  }
}

const faultIn = ({ file }: FileText, message: string): FileResult => ({ is: "fault", file, message });

/** A file without subjects is a fault only if the user named the file itself. */
const nothingIn = (file: FileText, message: string): FileResult =>
  file.inFolder ? { is: "skipped", file: file.file } : faultIn(file, message);
