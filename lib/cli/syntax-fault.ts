import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";

/** Where and why a text is not JSON: `[line:column, message]`, for a file that JSON.parse refused. */
export function syntaxFault(text: string): [at: string, message: string] {
  const errors: ParseError[] = [];
  parse(text, errors, { allowTrailingComma: false, disallowComments: true });
  const [first] = errors;
  if (!first) return ["", "not JSON; give an event as JSON"];
  const before = text.slice(0, first.offset).split("\n");
  const words = printParseErrorCode(first.error)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return [`line ${before.length}:${(before.at(-1)?.length ?? 0) + 1}`, `not JSON (${words}); give an event as JSON`];
}
