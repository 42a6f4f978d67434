import { collect } from "../model/path.ts";
import type { Reason } from "../model/reason.ts";
import type { ApiCall, StateChange, Subject } from "../model/types.ts";
import { requestOf } from "../read/find-settings.ts";
import type { SettingJudgement } from "./judge-setting.ts";

/** In a partial update an absent key is an unchanged one, which only Describe knows. */
export const leaveOpen = (judged: SettingJudgement, reason: Reason): SettingJudgement =>
  judged.verdict.is === "missing" ? { ...judged, verdict: { ...judged.verdict, is: "undetermined", reason } } : judged;

export const allOpen = ({ operation: { settings, refersTo = [] } }: Subject, reason: Reason): SettingJudgement[] =>
  (settings.length > 0 ? settings : (refersTo.at(-1)?.settings ?? [])).map(({ path, protects }) => ({
    verdict: { path, protects, is: "undetermined", reason },
  }));

/** A request must have one of several members, and has none. */
export function oneOfIsAbsent(event: ApiCall | StateChange, { operation }: Subject): Reason | undefined {
  const { oneOf } = operation;
  if (!oneOf || event.is === "state-change" || event.request === "omitted") return undefined;
  const request = requestOf(event, operation);
  return oneOf.some((path) => collect(request, path).length > 0) ? undefined : { code: "needs-one-of", paths: oneOf };
}
