import type { FileText, FormInput, FormReading } from "../model/form.ts";
import { fileForms } from "./file-forms.ts";

/** Reads the subjects of a parsed file by the first form that recognises it. Else, the message lists all forms. */
export function readSubjects(input: FormInput): Exclude<FormReading, { is: "other-form" }> {
  for (const form of fileForms) {
    const reading = form.read(input);
    if (reading.is !== "other-form") return reading;
  }
  return { is: "not-judged", isUnknown: true, message: `nothing that can be judged; it could be ${EXPECTED}` };
}

/** True if a file that cannot be parsed seems to be meant as one of the forms. */
export const isIntended = (file: FileText): boolean => fileForms.some((form) => form.isIntended(file));

/** The text to read instead of one that cannot be parsed; undefined if no form can repair it. */
export const repaired = (file: FileText): string | undefined =>
  fileForms.map((form) => form.repaired?.(file)).find((one) => one !== undefined);

/** What to give instead of a file that no form reads, such as a plan's sources; undefined if nothing is known. */
export const instead = (file: FileText): string | undefined =>
  fileForms.map((form) => form.instead?.(file)).find((one) => one !== undefined);

const descriptions = fileForms.map(({ description }) => description);
const EXPECTED = `${descriptions.slice(0, -1).join(", ")}, or ${descriptions.at(-1)}`;
