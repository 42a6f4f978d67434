import { isOfAws } from "../model/arn.ts";
import { text } from "../model/member.ts";
import type { ApiCall, StateChange, Subject } from "../model/types.ts";

/** The ARN of the pipeline or hub of AWS's own that the event uses; `undefined` if the account has defined it. */
export function definedByAws(event: ApiCall | StateChange, { operation, resource }: Subject): string | undefined {
  const { definedBy } = operation;
  if (definedBy === undefined || event.is !== "call") return undefined;
  const requested = event.request === "omitted" ? undefined : text(event.request, definedBy);
  return [requested, resource.arn].find((arn) => isOfAws(arn)) ?? undefined;
}
