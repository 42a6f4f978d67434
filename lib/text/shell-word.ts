import { ownText, type SafeText } from "./safe-text.ts";
import { defanged } from "./untrusted.ts";

/**
 * A value that is safe to paste after an option, or nothing. Quoting would not do: the AWS CLI reads `file://…` in a
 * value as the file itself, and a leading `-` as an option; and a mail client makes a link of a domain in quotes too.
 */
export const shellWord = (value: string | undefined): SafeText | undefined =>
  value !== undefined && WORD.test(value) && !value.includes("://") && defanged(value, 256) === value
    ? ownText(value)
    : undefined;

const WORD = /^[A-Za-z0-9][\w.:/=@+,-]{0,255}$/;
