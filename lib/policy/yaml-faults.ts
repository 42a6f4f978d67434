import type { ErrorCode } from "yaml";

/** The message for a fault of YAML's syntax, by the parser's code. */
export const YAML_FAULTS: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: "an alias (*name) cannot have a tag or an anchor of its own",
  BAD_ALIAS: "an alias (*name) is not complete",
  BAD_COLLECTION_TYPE: "the tag (!name) does not fit its list or mapping",
  BAD_DIRECTIVE: "a directive (%name) that YAML does not have",
  BAD_DQ_ESCAPE: 'an escape (\\) that YAML does not have; use single quotes, or write "\\\\"',
  BAD_INDENT: "the indentation does not fit the lines above, or a bracket is not closed",
  BAD_PROP_ORDER: "a tag (!name) or an anchor (&name) is at the wrong place",
  BAD_SCALAR_START: "text cannot begin with this character; write it in quotes",
  BLOCK_AS_IMPLICIT_KEY: "a second key on the same line; begin a new line, or write the value in quotes",
  BLOCK_IN_FLOW: "lines of `- element` or `name: value` cannot be within [ ] or { }",
  DUPLICATE_KEY: "this key is given twice; remove one of the two",
  IMPOSSIBLE: "this is not YAML",
  KEY_OVER_1024_CHARS: "a key of more than 1,024 characters",
  MISSING_CHAR: "a quotation mark, a bracket, a comma, a colon or a space is missing here or before",
  MULTILINE_IMPLICIT_KEY: "a key of more than one line; check the quotation marks and colons before",
  MULTIPLE_ANCHORS: "two anchors (&name) for one value",
  MULTIPLE_DOCS: "a second document (---) begins here; a policy is one document",
  MULTIPLE_TAGS: "two tags (!name) for one value",
  NON_STRING_KEY: "a key must be text, without a list, a mapping or an alias",
  RESOURCE_EXHAUSTION: "lists or mappings are nested too deeply",
  TAB_AS_INDENT: "a tab in the indentation; use spaces",
  TAG_RESOLVE_FAILED: "the tag (!name) does not fit its value",
  UNEXPECTED_TOKEN: "this does not belong here; check the quotation marks, brackets and indentation before",
};
