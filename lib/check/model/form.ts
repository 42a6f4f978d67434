import type { Json } from "../../core/model/types.ts";
import type { CheckSubject } from "./subject.ts";

/** A file's name and how it was chosen. */
export interface CheckFile {
  readonly file: string;
  /** It was found in a folder that the user named; else the user named the file itself. */
  readonly inFolder: boolean;
}

/** A file's text, read and decoded. */
export interface FileText extends CheckFile {
  readonly text: string;
}

/** Everything that a form may use to recognise a file and to read it. */
export interface FormInput extends CheckFile {
  readonly document: Json;
  /** The value of --operation, in the API's spelling. */
  readonly operation: string | undefined;
}

/** The subjects of a file, or why it has none. */
export type FormReading =
  /** The file does not have this form. */
  | { readonly is: "other-form" }
  | { readonly is: "subjects"; readonly subjects: readonly CheckSubject[] }
  /** It holds nothing that can be judged: skipped in a folder, a fault where the user named the file. */
  | { readonly is: "not-judged"; readonly message: string }
  | { readonly is: "fault"; readonly message: string };

/** One form of input, such as a CloudFormation template: a module, and its row in `forms/file-forms.ts`. */
export interface FileForm {
  /** A noun phrase for messages, with how a user makes a file be recognised. */
  readonly description: string;
  /** Whether a file that cannot be parsed was meant to have this form; in a folder, all others are skipped. */
  readonly isIntended: (file: FileText) => boolean;
  /** Recognises a file, by its document before its name, and reads its subjects. */
  readonly read: (input: FormInput) => FormReading;
}
