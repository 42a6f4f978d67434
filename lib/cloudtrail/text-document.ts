/** One JSON document of a text, or why there is none. `at` is empty, `line 7`, `row 7`, or `:7:3` for a fault. */
export type TextDocument =
  | { readonly at: string; readonly value: unknown }
  | { readonly at: string; readonly fault: string };
