import { operation as rowOf } from "../../catalogue/find-operation.ts";

const known = new Map<string, ReadonlyMap<string, string>>();

/**
 * The API's spelling of a manifest's member. ACK writes initialisms in upper case (`volumeKMSKeyID`, `s3KMSKeyID`), so
 * the catalogue's paths decide; another member gets an upper-case first letter.
 */
export function apiName(member: string, operation: string): string {
  const names = known.get(operation) ?? namesOf(operation);
  known.set(operation, names);
  return names.get(member.toLowerCase()) ?? member.charAt(0).toUpperCase() + member.slice(1);
}

/** The member names of an operation's row, by their lower-case form. */
const namesOf = (operation: string): ReadonlyMap<string, string> =>
  new Map(textsIn(rowOf(operation)).flatMap(membersOf));

const membersOf = (path: string): [string, string][] =>
  [...path.matchAll(/[A-Z]\w*/g)].map(([name]): [string, string] => [name.toLowerCase(), name]);

/** Every text of a row that can be a path. */
function textsIn(node: unknown): string[] {
  if (typeof node === "string") return /^[A-Z][\w.[\]]*$/.test(node) ? [node] : [];
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) => [...textsIn(name), ...textsIn(value)]);
}
