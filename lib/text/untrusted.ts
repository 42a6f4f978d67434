import { asciiLine, oneLine } from "./one-line.ts";
import { ownText, type SafeText, safeText } from "./safe-text.ts";

/**
 * Text that a caller wrote (a name, an S3 path, a principal, an error that quotes them), before people read it where a
 * program makes links and mentions of text: a mail, a chat, a code scanner. One line, at most `max` characters, and nothing
 * in it can be clicked or calls somebody: no address of a site or a mailbox, no link or mention in the syntax of Markdown,
 * Slack or Teams. Terminals and HTML make no links of text: `oneLine` is enough there. Data keeps the true text.
 */
export function defanged(text: string, max: number): SafeText {
  const clean = oneLine(text, max)
    .replace(/[<＜﹤]/g, "‹")
    .replace(/[>＞﹥]/g, "›")
    .replace(/`/g, "'")
    .replace(/\]\(/g, "] (")
    .replace(/\\(?=\\)/g, "\\ ")
    .replace(/\b(h)tt(ps?)\b/gi, "$1xx$2")
    .replace(SCHEME, (scheme, name: string) => (UNLINKED.test(name) ? scheme : `${name}[:]//`))
    .replace(SHORT_SCHEME, "$1[:]")
    .replace(MENTION, "[@]")
    .replace(ADDRESS_V4, (address) => address.replaceAll(".", "[.]"))
    .replace(DOT, (dot, label: string) => (SIZE.test(label) ? dot : "[.]"));
  return ownText(oneLine(clean, max));
}

const SCHEME = /([a-z][a-z0-9+.-]*):\/\//gi;
const UNLINKED = /^(?:s3|hxxps?)$/i;
/** Schemes whose addresses have no slashes. */
const SHORT_SCHEME =
  /\b(mailto|tel|sms|callto|sips?|skype|xmpp|facetime|javascript|vbscript|data|file|magnet|webcal|ms-[a-z-]+):(?=\S)/gi;
const MENTION = /(?<![\p{L}\p{N}])[@＠﹫](?=[\p{L}\p{N}])/gu;
const ADDRESS_V4 = /\b\d{1,3}(?:\.\d{1,3}){3}\b/g;
/**
 * A dot of any script, within a word and before letters alone, two at least: only those end a domain. The letter may be in a
 * circle or be a Roman numeral, of which a browser makes a letter.
 */
const DOT =
  /(?<=[^\s.\])}"'])[.\u3002\uff0e\uff61\u2024\ufe52](?=([\p{L}\p{M}\p{Nl}\p{So}]{2,}(?![\p{L}\p{M}\p{N}])|xn--))/gu;
/** The sizes of instance types, such as the end of ml.m5.2xlarge; none is a top-level domain. */
const SIZE = /^(?:x?large|medium|small|micro|nano|metal)$/;

/** Without white space or quotation marks, a value shows where it ends. */
const WORD = /^[^\s"]+$/;
/** A value with spaces can be a sentence: less of it is shown. */
const SENTENCE_KEPT = 80;

/** The same within a sentence of Keyward's: a value of several words is in quotation marks and cut at 80 characters. */
export function quoted(text: string, max: number): SafeText {
  const clean = defanged(text, max);
  return WORD.test(clean) || clean === ""
    ? clean
    : safeText`"${ownText(defanged(text, Math.min(max - 2, SENTENCE_KEPT)).replaceAll('"', "'"))}"`;
}

/** The same in ASCII, for what mail headers carry. */
export function quotedAscii(text: string, max: number): SafeText {
  const ascii = quoted(asciiLine(text, max), max).replace("…", "~");
  return asciiLine(ownText(ascii), max);
}

/** The same for a chat, whose Markdown would read `_` and `*` as emphasis: all but plain words are code. */
export function chatQuoted(text: string, max: number): SafeText {
  const clean = defanged(text, max);
  return /^[\p{L}\p{N}-]*$/u.test(clean)
    ? clean
    : chatCode(text, WORD.test(clean) ? max : Math.min(max, SENTENCE_KEPT));
}

/** An identifier as code. It holds no backtick and, because Slack interprets `<…>` even in code, no bracket. */
export const chatCode = (text: string, max: number): SafeText => safeText`\`${defanged(text, max)}\``;

/** How an output shows a value of a caller. */
export type Quote = (text: string, max: number) => SafeText;
