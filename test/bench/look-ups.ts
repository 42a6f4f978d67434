import { lookUpsOfAll } from "../support/look-ups.ts";

/**
 * The number of look-ups that each kind of event needs in a new container. Later events find keys and buckets in the
 * cache.
 */
export async function benchLookUps(): Promise<string[]> {
  const counted = new Map<string, string[]>();
  for (const [operation, { pass = "none", fail = "none" }] of Object.entries(await lookUpsOfAll())) {
    const cost = `${many(pass)} ${many(fail)}`;
    counted.set(cost, [...(counted.get(cost) ?? []), operation]);
  }
  return [...counted].sort().map(([cost, operations]) => {
    const [pass, fail] = cost.split(" ");
    return `${pass} to accept, ${fail} to find fault: ${operations.length} operations (${operations.slice(0, 3).join(", ")}${operations.length > 3 ? ", …" : ""})`;
  });
}

const many = (looks: string): number => (looks === "none" ? 0 : looks.split(", ").length);
