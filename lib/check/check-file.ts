import { defined } from "../core/model/defined.ts";
import type { Json } from "../core/model/json.ts";
import type { Policy } from "../policy/schema.ts";
import { instead, isIntended, readSubjects, repaired } from "./forms/read-subjects.ts";
import { judgeSubject } from "./judge/judge-subject.ts";
import type { CheckDocument } from "./model/document.ts";
import type { FileText } from "./model/form.ts";
import type { ParameterValues } from "./model/parameters.ts";
import type { FileResult } from "./model/result.ts";
import { mentionsSageMaker } from "./read/mentions.ts";
import { type ReadDocuments, readDocuments } from "./read/read-document.ts";
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
    return checkText(file, options);
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
  const own = readDocuments(file.text);
  const read = "fault" in own ? readRepaired(file, own) : own;
  if ("documents" in read) return checkDocuments(file, read.documents, options);
  if (file.inFolder && !isIntended(file)) return skippedOrUnread(file);
  return { is: "fault", file: file.file, ...read.position, message: read.fault };
}

function readRepaired(file: FileText, own: ReadDocuments): ReadDocuments {
  const text = repaired(file);
  const read = text === undefined ? own : readDocuments(text);
  return "documents" in read ? read : own;
}

/** Judges every subject of a file that is already read. `file` has no text then. */
export const checkDocument = (file: FileText, document: CheckDocument, options: CheckOptions): FileResult =>
  checkDocuments(file, [document], options);

/** The result of a file. Of several documents, those in which nothing can be judged do not count if another one can be. */
function checkDocuments(file: FileText, documents: readonly CheckDocument[], options: CheckOptions): FileResult {
  const values = documents.map(({ value }) => value);
  const results = documents.map((document) => checkOne(file, document, values, options));
  const judged = results.filter((one) => one.is === "judged");
  const [first] = judged;
  const fault = results.find((one) => one.is === "fault");
  if (fault) return fault;
  if (first) {
    const all = { ...first, resources: judged.flatMap(({ resources }) => resources) };
    return applySkips(file.text, documents, all, options.time);
  }
  const nothing = results.filter((one) => one.is === "nothing");
  if (file.inFolder && nothing.every(({ isUnknown }) => isUnknown)) return skippedOrUnread(file);
  return nothingIn(file, nothing[0]?.message ?? "nothing that can be judged");
}

/** The result of one document of a file. */
type DocumentResult = FileResult | { readonly is: "nothing"; readonly message: string; readonly isUnknown: boolean };

function checkOne(
  { file, inFolder }: FileText,
  document: CheckDocument,
  documents: readonly Json[],
  { policy, operation, unchanged, parameters, time }: CheckOptions,
): DocumentResult {
  const reading = readSubjects({
    file,
    inFolder,
    document: document.value,
    documents,
    operation,
    unchanged,
    parameters,
  });
  switch (reading.is) {
    case "subjects": {
      const resources = reading.subjects.map((subject) => judgeSubject(file, subject, document, policy, time));
      const unread = reading.unread?.map(({ place, at }) => ({ place, ...document.positionOf(at) }));
      const { uncovered, parameters: names } = reading;
      return { is: "judged", file, resources, ...defined({ uncovered, parameters: names, unread }) };
    }
    case "not-judged":
      return { is: "nothing", message: reading.message, isUnknown: reading.isUnknown === true };
    case "fault":
      return { is: "fault", file, message: reading.message };
    default:
      return reading satisfies never;
  }
}

const faultIn = ({ file }: FileText, message: string): FileResult => ({ is: "fault", file, message });

/** A file in a folder that no form recognises: nobody may take it for judged if it mentions SageMaker. */
const skippedOrUnread = ({ file, text }: FileText): FileResult => ({
  is: mentionsSageMaker(text, "data") ? "unread" : "skipped",
  file,
});

/** A file without subjects is a fault only if the user named the file itself. */
const nothingIn = (file: FileText, message: string): FileResult =>
  file.inFolder ? { is: "skipped", file: file.file } : faultIn(file, message);
