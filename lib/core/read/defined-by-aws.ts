import { isOfAws } from "../model/arn.ts";
import { text } from "../model/member.ts";
import type { ApiCall, StateChange, Subject } from "../model/types.ts";

/** The ARN of what AWS itself defines and the event starts; `undefined` where the account defines it. */
export function definedByAws(event: ApiCall | StateChange, { operation, resource }: Subject): string | undefined {
  const { definedBy } = operation;
  if (definedBy === undefined || event.is !== "call") return undefined;
  const named = event.request === "omitted" ? undefined : text(event.request, definedBy);
  return [named, resource.arn].find((arn) => isOfAws(arn)) ?? undefined;
}
