import type { FileResult } from "../../check/model/result.ts";
import type { SkipNote } from "../../check/model/suppression.ts";
import { count } from "../terminal/layout.ts";

/** The lines for standard error: what was not read, and what counts for nothing. Empty if everything was read. */
export const complaintsOf = (results: readonly FileResult[]): string[] => [
  ...results.flatMap(faultOf),
  ...results.flatMap(skipsOf),
  ...results.flatMap(placesOf),
  ...unreadOf(results),
];

function faultOf(result: FileResult): string[] {
  if (result.is !== "fault") return [];
  const { file, line, column, message } = result;
  return [`${line === undefined ? file : `${file}:${line}:${column}`}: ${message}`];
}

/** A definition that is not known yet may call SageMaker, so the user must know that it was not judged. */
const placesOf = (result: FileResult): string[] =>
  result.is === "judged"
    ? (result.unread ?? []).map(
        ({ place, line, column }) =>
          `${result.file}:${line}:${column}: ${place}: its text is not known yet; SageMaker calls in it are not judged`,
      )
    : [];

const skipsOf = (result: FileResult): string[] =>
  result.is === "judged"
    ? (result.skips ?? []).map((note) => `${result.file}:${note.line}:${note.column}: ${inWords(note)}`)
    : [];

function inWords({ setting, why }: SkipNote): string {
  switch (why.is) {
    case "expired":
      return `the keyward skip of ${setting} has expired on ${why.expires}, so it does not count; renew or remove it`;
    case "no-finding":
      return `the keyward skip of ${setting} covers no finding of its resource; correct or remove it`;
    case "no-resource":
      return `the keyward skip of ${setting} is on no resource that is judged; put it right above one or into it`;
    default:
      return why satisfies never;
  }
}

/** So many files are named. */
const NAMED = 3;

function unreadOf(results: readonly FileResult[]): string[] {
  const unread = results.flatMap((result) => (result.is === "unread" ? [result.file] : []));
  if (unread.length === 0) return [];
  const more = unread.length > NAMED ? ` and ${unread.length - NAMED} more` : "";
  const verb = unread.length === 1 ? "mentions" : "mention";
  const named = `${unread.slice(0, NAMED).join(", ")}${more}`;
  return [`${count(unread.length, "file")} ${verb} SageMaker in a form that is not read: ${named}${adviceFor(unread)}`];
}

/** The form to give instead, for sources that have one. */
function adviceFor(files: readonly string[]): string {
  const isTerraform = files.some((file) => /\.(tf|tofu|hcl)$/i.test(file));
  return isTerraform ? "; for Terraform, give a plan (terraform show -json)" : "";
}
