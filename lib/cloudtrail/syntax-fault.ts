import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";

/** The place (`:line:column`) and the kind of the first fault in a text that JSON.parse refused; `line` is its first line. */
export function syntaxFault(text: string, line: number): { readonly at: string; readonly fault: string } {
  const first = firstError(text);
  if (first === "too deep") return { at: "", fault: "nested too deep; give an event as CloudTrail writes it" };
  if (first === undefined) return { at: `:${line}:1`, fault: "not JSON; give an event as JSON" };
  const before = text.slice(0, first.offset).split("\n");
  const words = printParseErrorCode(first.error).replace(/([a-z])([A-Z])/g, "$1 $2");
  return {
    at: `:${line + before.length - 1}:${(before.at(-1)?.length ?? 0) + 1}`,
    fault: `not JSON (${words.toLowerCase()}); correct it there, or give an event as JSON`,
  };
}

function firstError(text: string): ParseError | "too deep" | undefined {
  const errors: ParseError[] = [];
  try {
    parse(text, errors, { allowTrailingComma: false, disallowComments: true });
  } catch {
    // The parser is recursive: the stack ends before a text that is nested without end.
    return "too deep";
  }
  return errors[0];
}
