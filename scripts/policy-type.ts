import * as z from "zod/mini";
import { policySchema } from "../lib/policy/schema.ts";

/** The part of JSON Schema that zod makes of the policy's schema. */
interface Node {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Node[];
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
}

/** A declaration file that replaces lib/policy/schema.ts and needs no zod: the type of a policy after reading. */
export function policyType(): string {
  const schema = z.toJSONSchema(policySchema, { io: "output" }) as Node;
  return `/** A policy, as docs and policy.schema.json describe its members; made by scripts/policy-type.ts. */
export interface Policy ${typeOf(schema)}
export type Exemption = Policy["exemptions"][number];
`;
}

function typeOf(node: Node): string {
  if (node.anyOf) return node.anyOf.map(typeOf).join(" | ");
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum) return node.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (node.items) return `(${typeOf(node.items)})[]`;
  if (node.properties) return objectType(node.properties, node.required ?? []);
  if (node.type === "integer") return "number";
  if (node.type === "string" || node.type === "number" || node.type === "boolean") return node.type;
  throw new Error(`scripts/policy-type.ts does not support this part of the policy's schema: ${JSON.stringify(node)}`);
}

function objectType(properties: Readonly<Record<string, Node>>, required: readonly string[]): string {
  const members = Object.entries(properties).map(([name, node]) =>
    required.includes(name)
      ? `${JSON.stringify(name)}: ${typeOf(node)};`
      : `${JSON.stringify(name)}?: ${typeOf(node)} | undefined;`,
  );
  return `{\n${members.join("\n").replace(/^/gm, "  ")}\n}`;
}
