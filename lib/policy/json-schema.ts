import * as z from "zod/mini";
import { policySchema } from "./schema.ts";

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  mode: "enforce: act as `respond` says. observe: judge, log and count, touch nothing and write to nobody.",
  keys: "What counts as your own key.",
  "keys.accept":
    "any: any key that the caller named. customer-managed: not one that AWS manages. listed: only keys under `allow`.",
  "keys.allow":
    "Key ARNs, alias names, key ids or account ids; `*` stands for any part. Accepted as they stand, without a look-up.",
  "keys.deny": "The same, never accepted. `deny` goes before `allow`.",
  "keys.other-accounts":
    "A key of another account that `allow` does not name: accept, report (it cannot be told, nothing is stopped; the default) or reject.",
  "keys.require-rotation": "Customer managed keys must be rotated automatically.",
  buckets: "Whose default encryption is judged, by the same key rules.",
  "buckets.unkeyed":
    "Buckets that are written to where no key can be named: checkpoints, debugger, hubs, MLflow artifacts.",
  "buckets.output": "Buckets that are written to under a key that the request can name.",
  "buckets.input": "Buckets that are read.",
  "buckets.default-for-missing-key":
    "A bucket's default under an accepted key makes up for an output key that is not given; AWS does not document that it does.",
  "notebooks.on-local-storage":
    "Whether notebooks on instance types with local storage need a key; they have an EBS volume besides.",
  "look-ups.remember-minutes": "How long what was told of a key or a bucket is used again.",
  exemptions: "What is let be as it is. All that `match` gives must match; `*` stands for any run of characters.",
  require: "Which data must be under an accepted key.",
  respond: "What is done about a resource that is not compliant, by kind: any of tag, notify, stop.",
  "respond.default": "For the kinds that are not named.",
  sweep: "What a sweep of what exists does about what it finds: report, or act, as for an event.",
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
