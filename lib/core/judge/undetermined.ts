import { collect } from "../model/path.ts";
import type { Reason } from "../model/reason.ts";
import type { ApiCall, StateChange, Subject } from "../model/types.ts";
import { requestOf } from "../read/find-settings.ts";
import type { SettingJudgement } from "./judge-setting.ts";

/** Makes a missing key undetermined: an update leaves an absent key unchanged, and only Describe returns it. */
export const missingAsUndetermined = (judgement: SettingJudgement, reason: Reason): SettingJudgement =>
  judgement.verdict.is === "missing"
    ? { ...judgement, verdict: { ...judgement.verdict, is: "undetermined", reason } }
    : judgement;

/** Every setting of an operation as undetermined, for an event whose settings cannot be read. */
export const allUndetermined = (
  { operation: { settings, refersTo = [] } }: Subject,
  reason: Reason,
): SettingJudgement[] =>
  (settings.length > 0 ? settings : (refersTo.at(-1)?.settings ?? [])).map(({ path, protects }) => ({
    verdict: { path, protects, is: "undetermined", reason },
  }));

/** The reason if a request has none of the members of which it must have at least one. */
export function oneOfIsAbsent(event: ApiCall | StateChange, { operation }: Subject): Reason | undefined {
  const { oneOf } = operation;
  if (!oneOf || event.is === "state-change" || event.request === "omitted") return undefined;
  const request = requestOf(event, operation);
  return oneOf.some((path) => collect(request, path).length > 0) ? undefined : { code: "needs-one-of", paths: oneOf };
}
