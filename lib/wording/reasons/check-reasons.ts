import { safeText } from "../../text/safe-text.ts";
import type { Sentences } from "./sentences.ts";

const NEEDS_ACCOUNT = {
  key: "the key's owner would be looked up in the account; keys.allow in the policy can name the key",
  bucket: "the bucket would be looked up in the account",
  describe: "the resource that it refers to would be looked up in the account",
} as const;

/** Reasons of a check, which judges a file before its resources exist. */
export const checkReasons = {
  "needs-account": ({ ask }) => safeText`${NEEDS_ACCOUNT[ask]}`,
  "refers-to-another": () => safeText`it has the settings of the resource that it refers to`,
  "made-by-file": () => safeText`a customer managed key, created by the same file`,
  "made-by-file-without-arn": () =>
    safeText`the same file creates the key: the policy's lists cannot be applied before the key has an ARN`,
  "read-by-file": ({ source }) => safeText`a customer managed key, as ${source} says`,
  "known-after-apply": ({ expression }) =>
    expression === null
      ? safeText`its value is known after the apply`
      : safeText`${expression} is known after the apply`,
  "dynamic-block": ({ attribute }) => safeText`a plan does not hold the dynamic block ${attribute}`,
  "parameter-open": ({ name }) => safeText`the parameter ${name} has no default`,
  "parameter-other": ({ name }) => safeText`the parameter ${name} can be given another value`,
  "parameter-stored": ({ name }) => safeText`the parameter ${name} is read from Parameter Store on deployment`,
  "reference-open": ({ expression }) => safeText`${expression} is known once deployed`,
  conditional: ({ condition }) =>
    safeText`!If depends on ${condition === null ? "a condition" : safeText`the condition ${condition}`}`,
  "import-open": ({ export: name }) =>
    safeText`!ImportValue${name === null ? "" : safeText` ${name}`} is known once deployed`,
  "intrinsic-open": ({ function: name }) => safeText`!${name} is resolved on deployment`,
  "not-substitutable": ({ expression }) => safeText`${expression} is not a text`,
  "known-at-run": ({ expression }) => safeText`${expression} is known when the state machine runs`,
  "placeholder-open": ({ expression }) => safeText`${expression} is replaced on deployment by another file or tool`,
  "call-text-not-json": () => safeText`the text that holds the call is not JSON`,
} satisfies Partial<Sentences>;
