import { text } from "../model/member.ts";
import type { ApiCall, StateChange, Subject } from "../model/types.ts";

/** AWS's own pipelines and hubs have `aws` for an account in their ARN. */
const OF_AWS = /^arn:aws[a-z-]*:sagemaker:[^:]*:aws:/;

export const isOfAws = (arn: string | null | undefined): boolean => typeof arn === "string" && OF_AWS.test(arn);

/** The ARN of what AWS itself defines and the event starts; `undefined` where the account defines it. */
export function definedByAws(event: ApiCall | StateChange, { operation, resource }: Subject): string | undefined {
  const { definedBy } = operation;
  if (definedBy === undefined || event.is !== "call") return undefined;
  const named = event.request === "omitted" ? undefined : text(event.request, definedBy);
  return [named, resource.arn].find((arn) => isOfAws(arn)) ?? undefined;
}
