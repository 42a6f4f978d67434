import type { Policy } from "../policy/schema.ts";
import { readDocument } from "./document.ts";
import { readKind } from "./file-kind.ts";
import { type Checked, judgeSubject } from "./judge-subject.ts";
import type { FileFault, FileRead } from "./read-files.ts";

type Text = Exclude<FileRead, { fault: unknown }>;

export type CheckedFile =
  | { readonly is: "judged"; readonly file: string; readonly checked: readonly Checked[] }
  /** Met in a folder, and nothing that can be judged. */
  | { readonly is: "passed-over"; readonly file: string }
  | ({ readonly is: "fault" } & FileFault);

/** Judges everything in one file; never throws on any. */
export function checkFile(read: FileRead, policy: Policy, operation: string | undefined): CheckedFile {
  if ("fault" in read) return { is: "fault", ...read.fault };
  try {
    return checkText(read, policy, operation);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { is: "fault", file: read.file, message: "nested too deep; give a template, a request or a definition" };
  }
}

function checkText(read: Text, policy: Policy, operation: string | undefined): CheckedFile {
  const { file, walked, text } = read;
  if (text.trim() === "") {
    return walked ? { is: "passed-over", file } : { is: "fault", file, message: "empty; give a template or a request" };
  }
  const found = readDocument(text);
  if ("fault" in found) {
    if (walked && !isMeant(read)) return { is: "passed-over", file };
    return { is: "fault", file, ...found.position, message: found.fault };
  }
  const kind = readKind(read, found.document.value, operation);
  switch (kind.is) {
    case "subjects":
      return {
        is: "judged",
        file,
        checked: kind.subjects.map((subject) => judgeSubject(file, subject, found.document, policy)),
      };
    case "foreign":
      return walked ? { is: "passed-over", file } : { is: "fault", file, message: kind.because };
    case "fault":
      return { is: "fault", file, message: kind.because };
    default:
      return kind satisfies never;
  }
}

/** A file of somebody else's form is no fault, unless it was to hold something of SageMaker's. */
const isMeant = ({ file, text }: Text): boolean =>
  /AWS::SageMaker::/.test(text) || /create-[a-z-]+\.(json|ya?ml)$/i.test(file);
