type Pattern = { readonly [member: string]: Pattern | readonly unknown[] };

/** EventBridge's matching of an event, for the operators that the rules use; throws on any other. */
export function matches(pattern: object, event: unknown): boolean {
  return Object.entries(pattern as Pattern).every(([member, wanted]) => {
    if (member === "$or") return (wanted as readonly object[]).some((one) => matches(one, event));
    // A list matches by any of its elements.
    if (Array.isArray(event)) return event.some((element) => matches({ [member]: wanted }, element));
    const value = (event as Record<string, unknown> | undefined)?.[member];
    return Array.isArray(wanted) ? wanted.some((one) => matchesOne(one, value)) : matches(wanted, value);
  });
}

function matchesOne(wanted: unknown, value: unknown): boolean {
  if (typeof wanted === "string") return value === wanted;
  const [[operator, operand]] = Object.entries(wanted as object) as [[string, unknown]];
  if (operator === "exists") return (value !== undefined) === operand;
  const { prefix } = operand as { prefix?: readonly string[] };
  if (operator !== "anything-but" || !prefix) throw new Error(`the matcher does not know ${JSON.stringify(wanted)}`);
  // A member that is not there is matched by `exists: false` alone.
  return typeof value === "string" && !prefix.some((start) => value.startsWith(start));
}
