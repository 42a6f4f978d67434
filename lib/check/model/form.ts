import type { Json } from "../../core/model/json.ts";
import type { DocumentPath } from "./document-path.ts";
import type { ParameterValues } from "./parameters.ts";
import type { CheckSubject } from "./subject.ts";

/** A file's name and how it was chosen. */
export interface CheckFile {
  readonly file: string;
  /** The file is in a folder that the user named. Else, the user named the file itself. */
  readonly inFolder: boolean;
}

/** A file's text, read and decoded. */
export interface FileText extends CheckFile {
  readonly text: string;
}

/** The input with which a form recognises and reads a file. */
export interface FormInput extends CheckFile {
  readonly document: Json;
  /** All documents of the file, with this one: YAML can have several. */
  readonly documents: readonly Json[];
  /** The value of --operation, in the API's spelling. */
  readonly operation: string | undefined;
  /** The resources that a plan leaves unchanged are judged too. */
  readonly unchanged: boolean;
  /** The parameters of each stage for which a template is judged; empty: any that the template accepts. */
  readonly parameters: readonly ParameterValues[];
}

/** An operation for whose settings a file of defaults has no key. */
export interface Uncovered {
  readonly operation: string;
  /** The settings without a key, in API spelling. */
  readonly paths: readonly string[];
  /** The file has no key for any setting of the operation. */
  readonly isWhole: boolean;
}

/** A text in a file that holds calls and cannot be read, such as a definition that is known after the apply. */
export interface UnreadText {
  readonly place: string;
  readonly at: DocumentPath;
}

/** The subjects of a file, or the reason why it has none. */
export type FormReading =
  /** The file does not have this form. */
  | { readonly is: "other-form" }
  | {
      readonly is: "subjects";
      readonly subjects: readonly CheckSubject[];
      /** For a file of defaults: what it leaves to others. It is shown, and is no finding. */
      readonly uncovered?: readonly Uncovered[];
      /** For a template: the names of its parameters. */
      readonly parameters?: readonly string[];
      readonly unread?: readonly UnreadText[];
    }
  /** Nothing in the file can be judged. In a folder, the file is skipped; a file that the user named is a fault. */
  | {
      readonly is: "not-judged";
      readonly message: string;
      /** No form recognises the file. */
      readonly isUnknown?: true;
    }
  | { readonly is: "fault"; readonly message: string };

/** A form of input, such as a CloudFormation template. Each is a module with a row in `forms/file-forms.ts`. */
export interface FileForm {
  /** A noun phrase for messages. It tells the user how Keyward recognises the form. */
  readonly description: string;
  /** True if a file that cannot be parsed seems to be meant as this form. In a folder, other such files are skipped. */
  readonly isIntended: (file: FileText) => boolean;
  /** The text to read where the file's own cannot be parsed; undefined if it is not of this form. */
  readonly repaired?: (file: FileText) => string | undefined;
  /** What to give instead of a file that belongs to this form and cannot be read itself. */
  readonly instead?: (file: FileText) => string | undefined;
  /** Recognises a file and reads its subjects. The content decides before the file's name. */
  readonly read: (input: FormInput) => FormReading;
}
