import type { Sentences } from "./sentences.ts";

const NEEDS_ACCOUNT = {
  key: "the key's owner would be looked up in the account; keys.allow in the policy can name the key",
  bucket: "the bucket would be looked up in the account",
  describe: "the resource that it refers to would be looked up in the account",
} as const;

/** Reasons of a check, which judges a file before its resources exist. */
export const checkReasons = {
  "needs-account": ({ ask }) => NEEDS_ACCOUNT[ask],
  "refers-to-another": () => "it has the settings of the resource that it refers to",
  "made-by-file": () => "a customer managed key, created by the same file",
  "made-by-file-without-arn": () =>
    "the same file creates the key: the policy's lists cannot be applied before the key has an ARN",
  "parameter-open": ({ name }) => `the parameter ${name} has no default`,
  "parameter-stored": ({ name }) => `the parameter ${name} is read from Parameter Store on deployment`,
  "parameter-list": ({ name }) => `the parameter ${name} is a list that is given on deployment`,
  "reference-open": ({ expression }) => `${expression} is known once deployed`,
  "no-value": () => "!Ref AWS::NoValue can remove the value on deployment",
  conditional: ({ condition }) => `!If depends on ${condition === null ? "a condition" : `the condition ${condition}`}`,
  "import-open": ({ export: name }) => `!ImportValue${name === null ? "" : ` ${name}`} is known once deployed`,
  "intrinsic-open": ({ function: name }) => `!${name} is resolved on deployment`,
  "not-substitutable": ({ expression }) => `${expression} is not a text`,
} satisfies Partial<Sentences>;
