import { lookUpsOfAll } from "../support/look-ups.ts";

/** How many look-ups each kind of event costs a container that has seen nothing before; a warm one remembers keys and buckets. */
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
