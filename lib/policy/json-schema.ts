import * as z from "zod/mini";
import { policySchema } from "./schema.ts";

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  mode: "enforce: act as `respond` says. observe: judge, log, count and record what would be done, but change nothing and send no mail. off: judge and log only, without any call to AWS. The stack's mode can only weaken it further.",
  keys: "The keys that Keyward accepts as your own.",
  "keys.accept":
    "any: any key that the caller names. customer-managed: only keys that AWS does not manage. listed: only the keys in `allow`.",
  "keys.allow":
    "Key ARNs, alias names, key ids or account ids; `*` matches any characters. Keyward accepts these keys without a look-up.",
  "keys.deny": "Patterns as in `allow`. Keyward never accepts these keys. `deny` has priority over `allow`.",
  "keys.other-accounts":
    "A key of another account that neither `allow` nor `accounts` names: accept, report (the verdict is undetermined and nothing is stopped; the default) or reject.",
  "keys.accounts":
    "Accounts whose keys are the organisation's own. Such a key is looked up; it is accepted if its account refuses the look-up.",
  "keys.require-rotation": "Customer managed keys must have automatic rotation.",
  buckets: "The buckets whose default encryption is judged, by the same key rules.",
  "buckets.unkeyed":
    "Buckets for data without a key member in the request: checkpoints, debugger output, hubs, MLflow artifacts.",
  "buckets.output": "Buckets for output whose key the request can name.",
  "buckets.input": "Buckets with input data.",
  "buckets.default-for-missing-key":
    "If a request gives no output key, an accepted default key of the bucket counts instead. AWS does not document this behaviour.",
  "notebooks.on-local-storage":
    "Whether notebooks on instance types with local storage need a key. They have an EBS volume too.",
  "endpoints.on-serverless":
    "Whether the configuration of a serverless endpoint needs a key, which encrypts the copy of the container image. A key that is given is judged.",
  "look-ups.remember-minutes": "The minutes for which answers about keys and buckets are cached.",
  exemptions:
    "Resources that may stay as they are. Every member of `match` must match; `*` matches any characters. `file` and `address` (a logical id or a Terraform address) match only in keyward check.",
  require: "The data that must be under an accepted key.",
  respond: "The actions for a resource that is not compliant, by kind: any of tag, notify, stop.",
  "respond.default": "The actions for all other kinds.",
  "stop-for":
    "The protected things that justify a stop. Keyward stops a resource only if at least one of them is not under an accepted key. The default: everything that the caller could give a key for.",
  "limits.remind-after-days":
    "The days after which one more mail about the same cause is sent, with the number of events since the last mail. Earlier events are only counted.",
  sweep: "report: a sweep only reports its findings. act: a sweep acts as for an event.",
  undetermined: "The actions for an undetermined verdict. Keyward never stops a resource with this verdict.",
  notify:
    "Where notices go, and when. The first element whose `match` matches decides; `match` is as in `exemptions`. now: at once. daily: in one mail a day. never: no mail; tags and stops stay. `to`: the name of a topic of the stack's parameter RouteTopicArns. Without a match: now, to the topic for users.",
  contact: "How people ask for an exemption. Every mail contains this text; required where an action is notify.",
};

/**
 * The schema's identifier, the same for every release: the file's package URL (purl, ECMA-427). It depends on no host, and
 * nothing downloads it. An editor reads the file by its path in the installed package.
 */
const SCHEMA_ID = "pkg:npm/keyward?file_name=policy.schema.json";

/** Makes the policy's JSON Schema, the content of policy.schema.json. */
export function policyJsonSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(policySchema, { io: "input" }) as Node;
  for (const [path, description] of Object.entries(DESCRIPTIONS)) nodeAt(schema, path).description = description;
  const title = "Keyward policy";
  return `${JSON.stringify({ $schema, $id: SCHEMA_ID, title, ...schema }, null, 2)}\n`;
}

interface Node {
  properties?: Record<string, Node>;
  description?: string;
  [keyword: string]: unknown;
}

function nodeAt(schema: Node, path: string): Node {
  return path.split(".").reduce((node, name) => {
    const next = node.properties?.[name];
    if (!next) throw new Error(`the policy has no ${path}; remove its description`);
    return next;
  }, schema);
}
