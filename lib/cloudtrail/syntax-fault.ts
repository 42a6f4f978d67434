import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";

/** Where (`:line:column`) and why a text that JSON.parse refused is not JSON; its first line is `line` of its file. */
export function syntaxFault(text: string, line = 1): { readonly at: string; readonly fault: string } {
  const errors: ParseError[] = [];
  parse(text, errors, { allowTrailingComma: false, disallowComments: true });
  const [first] = errors;
  if (!first) return { at: `:${line}:1`, fault: "not JSON; give an event as JSON" };
  const before = text.slice(0, first.offset).split("\n");
  const words = printParseErrorCode(first.error).replace(/([a-z])([A-Z])/g, "$1 $2");
  return {
    at: `:${line + before.length - 1}:${(before.at(-1)?.length ?? 0) + 1}`,
    fault: `not JSON (${words.toLowerCase()}); correct it there, or give an event as JSON`,
  };
}
