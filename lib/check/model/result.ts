import type { Reason } from "../../core/model/reason.ts";
import type { Resource, SettingVerdict, Verdict } from "../../core/model/types.ts";
import type { Position } from "./document.ts";
import type { Uncovered } from "./form.ts";
import type { CheckSubject, Circumstance } from "./subject.ts";
import type { SkipNote, Standing } from "./suppression.ts";

/** The verdict on a setting, and its position in the file. */
export interface CheckedSetting extends SettingVerdict, Position, Standing {
  /** The file's own spelling of the path, where it is not the API's. */
  readonly attribute?: string;
  /** The circumstances under which it holds. Absent: always. */
  readonly under?: readonly Circumstance[];
}

/** One resource of a file, judged. Its own standing counts if no setting has a finding. */
export interface CheckedResource extends Position, Standing {
  readonly file: string;
  readonly subject: CheckSubject;
  readonly resource: Resource | null;
  readonly verdict: Verdict;
  readonly reason?: Reason;
  readonly settings: readonly CheckedSetting[];
}

/** The reason why a file or a folder cannot be read, with the position if the fault has one. */
export interface FileFault {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
}

/** A text that cannot be read, and its position in the file. */
export interface UnreadPlace extends Position {
  readonly place: string;
}

/** The result of checking one file. */
export type FileResult =
  | {
      readonly is: "judged";
      readonly file: string;
      readonly resources: readonly CheckedResource[];
      readonly uncovered?: readonly Uncovered[];
      /** The names of a template's parameters. */
      readonly parameters?: readonly string[];
      /** The skips of the file that cover nothing. */
      readonly skips?: readonly SkipNote[];
      /** The texts that may hold calls of SageMaker and cannot be read. */
      readonly unread?: readonly UnreadPlace[];
    }
  /** The file is in a folder, and nothing in it can be judged. */
  | { readonly is: "skipped"; readonly file: string }
  /** The file is in a folder, mentions SageMaker's resources or calls, and has a form that is not read. */
  | { readonly is: "unread"; readonly file: string }
  | ({ readonly is: "fault" } & FileFault);
