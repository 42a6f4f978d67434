declare const brand: unique symbol;

/**
 * Text that is safe where a program makes links, mentions or markup of text: Keyward's own words, and values of others that
 * a function of this folder has quoted. A mail and a chat take nothing else, so a value that somebody forgot to quote is an
 * error of the compiler.
 */
export type SafeText = string & { readonly [brand]: true };

/**
 * A value that is safe by its type. A `string` may be anybody's, and so may a part of a template's type; both are keys of an
 * index signature. A type of few literals is Keyward's own.
 */
type Safe<Value> = Value extends SafeText | number | boolean
  ? Value
  : Value extends string
    ? Record<never, never> extends Record<Value, unknown>
      ? "quote this value first: see lib/text/untrusted.ts"
      : Value
    : never;

/** A template tag: Keyward's own words around values that are safe by their types. */
export const safeText = <const Values extends readonly unknown[]>(
  words: TemplateStringsArray,
  ...values: Values & { readonly [I in keyof Values]: Safe<Values[I]> }
): SafeText => String.raw({ raw: words }, ...values) as SafeText;

/** Takes text as it is, which no caller can have written: the catalogue's, the policy's, or another module's finished text. */
export const ownText = (text: string): SafeText => text as SafeText;

export const joined = (parts: readonly SafeText[], separator: string): SafeText => parts.join(separator) as SafeText;

/** With a capital first letter. */
export const capital = (text: SafeText): SafeText => (text.charAt(0).toUpperCase() + text.slice(1)) as SafeText;
