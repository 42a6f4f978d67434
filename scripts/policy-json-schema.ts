import * as z from "zod/mini";
import { policySchema } from "../lib/core/policy.ts";

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  mode: "enforce: act as `respond` says. observe: judge, log and count, touch nothing and write to nobody.",
  keys: "What counts as your own key.",
  "keys.accept":
    "any: any key that the caller named. customer-managed: not one that AWS manages. listed: only keys under `allow`.",
  "keys.allow":
    "Key ARNs, alias names, key ids or account ids; `*` stands for any part. Accepted as they stand, without a look-up.",
  "keys.deny": "The same, never accepted. `deny` goes before `allow`.",
  require: "Which data must be under an accepted key.",
  respond: "What is done about a resource that is not compliant, by kind: any of tag, notify, stop.",
  "respond.default": "For the kinds that are not named.",
  undetermined: "What is done where it cannot be told. Nothing is ever stopped on a doubt.",
  contact: "How a person asks for an exemption; it stands in every mail.",
};

/** The policy's JSON Schema, as the committed file holds it. */
export function policyJsonSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(policySchema, { io: "input" }) as Node;
  for (const [path, description] of Object.entries(DESCRIPTIONS)) nodeAt(schema, path).description = description;
  const title = "Keyward policy";
  return `${JSON.stringify({ $schema, title, ...schema }, null, 2)}\n`;
}

interface Node {
  properties?: Record<string, Node>;
  description?: string;
  [keyword: string]: unknown;
}

function nodeAt(schema: Node, path: string): Node {
  return path.split(".").reduce((node, name) => {
    const next = node.properties?.[name];
    if (!next) throw new Error(`the policy has no ${path}: its description has no place`);
    return next;
  }, schema);
}
