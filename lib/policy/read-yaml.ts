import { type Document, LineCounter, parseDocument, visit } from "yaml";
import { hasMoreAliases, nestedAt } from "../files/yaml-limits.ts";
import { YAML_FAULTS } from "./yaml-faults.ts";

export interface Yaml {
  readonly document: Document;
  /** Undefined if there are faults. */
  readonly value: unknown;
  readonly faults: readonly YamlFault[];
}

export interface YamlFault {
  /** In characters from the start of the text. */
  readonly offset: number;
  readonly message: string;
}

/** Characters that YAML does not allow, and the one that stands for bytes that are not UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for them
const NOT_TEXT = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd]/;

/** Reads a text as one YAML document. A fault is reported without those that follow from it. Never throws. */
export function readYaml(text: string): Yaml {
  const binary = NOT_TEXT.exec(text);
  const nested = nestedAt(text);
  const document = parseDocument(binary || nested !== undefined ? "" : text, OPTIONS);
  const faults = binary
    ? [{ offset: binary.index, message: NO_TEXT }]
    : nested !== undefined
      ? [{ offset: nested, message: YAML_FAULTS.RESOURCE_EXHAUSTION }]
      : syntaxFaults(document);
  if (faults.length > 0) return { document, value: undefined, faults };
  if (hasMoreAliases(document, MAX_ALIASES)) return { document, value: undefined, faults: [TOO_MUCH] };
  try {
    return { document, value: document.toJS(), faults };
  } catch {
    return { document, value: undefined, faults: [aliasFault(document)] };
  }
}

/** With `logLevel: "error"` the parser writes no warnings of its own to standard error. */
const OPTIONS = { prettyErrors: false, stringKeys: true, logLevel: "error" } as const;

const NO_TEXT = "not text in UTF-8; a policy is a text file in YAML or JSON";

/** Every key that is given twice; or else the first fault, because those after it mostly follow from it. */
function syntaxFaults({ errors }: Document): readonly YamlFault[] {
  const first = errors.find(({ code }) => code !== "DUPLICATE_KEY");
  return (first ? [first] : errors).map(({ code, pos }) => ({ offset: pos[0], message: YAML_FAULTS[code] }));
}

/** The fault of a document without a value: the first alias without an anchor, or else aliases without limit. */
function aliasFault(document: Document): YamlFault {
  let fault: YamlFault | undefined;
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document)) return undefined;
      const message = `no anchor &${alias.source} is before the alias *${alias.source}; write text that begins with * in quotes`;
      fault = { offset: alias.range?.[0] ?? 0, message };
      return visit.BREAK;
    },
  });
  return fault ?? TOO_MUCH;
}

const TOO_MUCH: YamlFault = {
  offset: 0,
  message: "its aliases (*name) stand for too much; write the values themselves",
};
const MAX_ALIASES = 1000;

/** The lines of a text, to find the line and the column of an offset. */
export function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) lines.addNewLine(index + 1);
  return lines;
}
