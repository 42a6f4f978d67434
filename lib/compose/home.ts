import { parseArn } from "../core/model/arn.ts";

/** The account and the Region of the stack: those of its topic for users. */
export function homeOf(topicArn: string): { readonly account: string; readonly region: string } {
  const { account = "", region = "" } = parseArn(topicArn) ?? {};
  return { account, region };
}
