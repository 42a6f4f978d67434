import { findingsOf, isBreach, isOpen, judgedResources } from "../../check/model/finding.ts";
import type { FileResult } from "../../check/model/result.ts";
import { EXIT } from "../terminal/cli-error.ts";

/** What makes a check fail besides a violation. */
export interface Strictness {
  /** Undetermined resources, and files and definitions that may call SageMaker and are not read. */
  readonly strict: boolean;
  /** Nothing but a fault: findings are shown, and the exit code is 0. */
  readonly softFail: boolean;
}

/** The exit code of a check. A finding that is shown and that neither a skip nor the baseline accepts is a failure. */
export function exitCodeOf(results: readonly FileResult[], { strict, softFail }: Strictness): number {
  if (results.some(({ is }) => is === "fault")) return EXIT.fault;
  const open = judgedResources(results).flatMap(findingsOf).filter(isOpen);
  const isFailure = open.some(isBreach) || (strict && (open.length > 0 || results.some(isUnread)));
  return isFailure && !softFail ? EXIT.nonCompliant : EXIT.fine;
}

/** A file of a form that is not read, or one that holds a definition that is not known yet. */
const isUnread = (result: FileResult): boolean =>
  result.is === "unread" || (result.is === "judged" && (result.unread ?? []).length > 0);
