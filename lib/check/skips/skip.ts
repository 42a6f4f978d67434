import type { Position } from "../model/document.ts";
import type { DocumentPath } from "../model/document-path.ts";
import type { Suppression } from "../model/suppression.ts";

/** A skip in a file: its resource's findings of one setting are accepted for a time. */
export interface Skip extends Suppression, Position {
  /** A setting's path, or what it protects; `*` stands for any characters. */
  readonly setting: string;
  /** The resource that has the skip; `undefined` if it is on none. */
  readonly on: SkipTarget | undefined;
}

/** A resource of a template, or a subject. */
export interface SkipTarget extends Position {
  readonly at: DocumentPath;
}

export interface SkipFault extends Position {
  readonly fault: string;
}

const MEMBERS = ["setting", "reason", "owner", "expires"] as const;

/** A skip from its members, or the fault of the first one that it lacks. */
export function toSkip(
  members: Readonly<Record<string, unknown>>,
  { line, column }: Position,
  on: SkipTarget | undefined,
): Skip | SkipFault {
  const [setting, reason, owner, expires] = MEMBERS.map((member) => textOf(members, member));
  const lacking = MEMBERS.find((member) => textOf(members, member) === undefined);
  if (setting === undefined || reason === undefined || owner === undefined || expires === undefined) {
    return { fault: `a keyward skip without ${lacking}; it needs ${MEMBERS.join(", ")}, each a text`, line, column };
  }
  if (!isDate(expires)) {
    const fault = "a keyward skip whose expires is no date; give the last day on which it counts, such as 2027-03-31";
    return { fault, line, column };
  }
  return { setting, reason, owner, expires, on, line, column };
}

function textOf(members: Readonly<Record<string, unknown>>, member: string): string | undefined {
  const value = Object.hasOwn(members, member) ? members[member] : undefined;
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/** A day of the calendar. `Date` makes another day of 2027-02-30. */
function isDate(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return time !== undefined && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}
