/** @import { Html, Part } from "./types.ts" */

/** @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/**
 * A template tag that escapes every inserted text, for content and for quoted attributes. Only the result of another
 * `html` is inserted unchanged.
 *
 * @param {readonly string[]} strings
 * @param {readonly Part[]} parts
 * @returns {Html}
 */
export function html(strings, ...parts) {
  let text = strings[0] ?? "";
  for (const [i, part] of parts.entries()) text += markup(part) + strings[i + 1];
  return { html: text };
}

/**
 * A path, an ARN or an id. It may be broken after its separators, and nowhere else.
 *
 * @type {(text: string) => Html}
 */
export const code = (text) =>
  html`<bdi class="code">${text.split(/(?<=[.:/])/).map((part, i) => (i === 0 ? part : html`<wbr>${part}`))}</bdi>`;

/** @type {(part: Part) => string} */
export function markup(part) {
  if (part === undefined) return "";
  if (typeof part === "string") return part.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
  if (typeof part === "number") return String(part);
  return "html" in part ? part.html : part.map(markup).join("");
}
