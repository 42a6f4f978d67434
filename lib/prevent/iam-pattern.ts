/** The policy variable with the account of the caller, in which SageMaker creates the resource. */
export const OWN_ACCOUNT = "$" + "{aws:PrincipalAccount}";

const QUESTION_MARK = "$" + "{?}";
const DOLLAR = "$" + "{$}";

/**
 * A pattern of the policy as a pattern of IAM. `*` stands for any characters in both; `?` and `$` mean themselves in
 * the policy only (IAM User Guide, "Variables and tags", "Special characters").
 */
export const iamPattern = (text: string): string =>
  text.replace(/[?$]/g, (sign) => (sign === "?" ? QUESTION_MARK : DOLLAR));

/** The pattern that `iamPattern` was given, with the account in the place of its variable. `*` is the only wildcard. */
export const policyPattern = (text: string, account: string): string =>
  text.replaceAll(OWN_ACCOUNT, account).replaceAll(QUESTION_MARK, "?").replaceAll(DOLLAR, "$");
