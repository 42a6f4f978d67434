import { kindOf } from "../../catalogue/kinds.ts";
import type { ActionName } from "../../catalogue/vocabulary.ts";
import type { Policy } from "../../policy/schema.ts";
import { isViolation } from "../judge/exempt.ts";
import { collect, scalar, text } from "../model/member.ts";
import type { ApiCall, Judgement, Parsed, Resource, SettingVerdict, StateChange } from "../model/types.ts";
import { type Subject, subjectOf } from "../read/subject.ts";

interface Order {
  readonly resource: Resource;
  /** How to look the resource up; absent where the event does not say enough. */
  readonly describe?: { readonly operation: string; readonly input: Readonly<Record<string, string>> };
  readonly account: string;
  readonly region: string;
}

/** Tag a resource; its ARN is looked up where the event had none. */
export interface TagOrder extends Order {
  readonly tags: Readonly<Record<string, string>>;
}

export interface StopOrder extends Order {
  readonly operation: string;
  readonly input: Readonly<Record<string, string>>;
  /** For an inference experiment, whose Stop says what becomes of each: the variants that the event names. */
  readonly variants: readonly string[];
  /** A training job that keeps its instances after it stops: the warm pool, with the data on its volume, is ended too. */
  readonly endWarmPool: boolean;
  /** Makes a repeated Stop the same Stop, where the operation takes a token. */
  readonly token: string;
  /** What it is named by was read off an ARN, whose case may differ: that it is not found proves nothing. */
  readonly nameFromArn?: true;
}

/** What is to be done about one event. `skip` says why an action that the policy names is left out. */
export type PlannedAction =
  | { readonly do: "tag"; readonly order: TagOrder }
  | { readonly do: "notify" }
  | { readonly do: "stop"; readonly order: StopOrder }
  | { readonly do: ActionName; readonly skip: string };

const ORDER = ["tag", "stop", "notify"] as const;

/**
 * Plans what the policy wants done about a judged event, in the order of doing. Pure; `at` is when it was judged.
 * Nothing is planned for what is compliant, and nothing is ever stopped unless it is known to be non-compliant.
 */
export function plan(event: Parsed, judgement: Judgement, policy: Policy, at: Date): PlannedAction[] {
  if (event.is === "ignored" || event.is === "malformed" || !judgement.resource) return [];
  const own = wantedActions(judgement, judgement.resource.kind, policy);
  const wanted: ActionName[] = own.filter((name) => name !== "stop");
  // What started it is what gets stopped, if its kind is to be.
  const stopped = judgement.parent ?? judgement.resource;
  if (wantedActions(judgement, stopped.kind, policy).includes("stop")) wanted.push("stop");
  const subject = subjectOf(event);
  return ORDER.filter((name) => wanted.includes(name)).map((name) => {
    if (policy.mode === "observe") return { do: name, skip: "the policy only observes" };
    if (name !== "notify" && !isInScope(event, policy))
      return { do: name, skip: "the policy does not name its account and Region" };
    if (name !== "stop" && event.reported) {
      return { do: name, skip: "reported when it was created or started" };
    }
    if (name === "notify") return { do: name };
    if (!subject) return { do: name, skip: "the operation is not in the catalogue" };
    return name === "tag" ? planTag(event, subject, judgement, at) : planStop(event, subject, judgement);
  });
}

/** An event of an account or Region that the policy does not name is reported, never acted on. */
const isInScope = ({ account, region }: ApiCall | StateChange, { accounts, regions }: Policy): boolean =>
  (accounts?.includes(account) ?? true) && (regions?.includes(region) ?? true);

function wantedActions({ verdict }: Judgement, kind: string, policy: Policy): readonly ActionName[] {
  if (verdict === "undetermined") return policy.undetermined;
  if (verdict !== "non-compliant") return [];
  const respond: Readonly<Record<string, readonly ActionName[] | undefined>> = policy.respond;
  return (Object.hasOwn(respond, kind) && respond[kind]) || policy.respond.default;
}

function planTag(event: ApiCall | StateChange, subject: Subject, judgement: Judgement, at: Date): PlannedAction {
  const { taggable, noun } = subject.kind;
  if (taggable === false) return { do: "tag", skip: `${noun}s cannot be tagged` };
  if (taggable !== true && memberOf(event, taggable.unless)) return { do: "tag", skip: taggable.because };
  const tags = {
    "keyward:status": judgement.verdict,
    "keyward:reason": reasonTag(judgement.settings),
    "keyward:event": tagValue(event.eventID),
    "keyward:checked": at.toISOString(),
  };
  return { do: "tag", order: { ...orderOf(event, subject, judgement), tags } };
}

function planStop(event: ApiCall | StateChange, subject: Subject, judgement: Judgement): PlannedAction {
  if (judgement.parent) return planParentsStop(event, judgement.parent);
  const { stop, noun } = subject.kind;
  if (!stop) return { do: "stop", skip: `${noun}s cannot be stopped` };
  const order = orderOf(event, subject, judgement);
  const id =
    (stop.input.endsWith("Arn") && order.resource.arn) || order.describe?.input[stop.input] || order.resource.name;
  if (!id) return { do: "stop", skip: "the event does not name it" };
  const request = event.is === "call" && event.request !== "omitted" ? event.request : {};
  const variants = collect(request, "ModelVariants[].VariantName").map(({ value }) => scalar(value));
  const keepAlive = Number(scalar(collect(request, "ResourceConfig.KeepAlivePeriodInSeconds")[0]?.value));
  return {
    do: "stop",
    order: {
      ...order,
      operation: stop.operation,
      input: { [stop.input]: id },
      variants,
      endWarmPool: subject.kind.kind === "training-job" && (keepAlive > 0 || (event.is === "call" && !!event.warmPool)),
      token: event.eventID,
    },
  };
}

function planParentsStop({ account, region, eventID }: ApiCall | StateChange, parent: Resource): PlannedAction {
  const { stop, describe, noun } = kindOf(parent.kind);
  if (!stop) return { do: "stop", skip: `${noun}s, which started it, cannot be stopped` };
  const byArn = stop.input.endsWith("Arn");
  const id = (byArn ? parent.arn : parent.name) ?? "";
  return {
    do: "stop",
    order: {
      ...{ resource: parent, account, region, operation: stop.operation, input: { [stop.input]: id } },
      describe: { operation: describe.operation, input: { [Object.keys(describe.input)[0] ?? ""]: id } },
      ...{ variants: [], endWarmPool: false, token: eventID },
      ...(byArn ? {} : { nameFromArn: true }),
    },
  };
}

function orderOf(event: ApiCall | StateChange, { describe, resource }: Subject, judgement: Judgement): Order {
  const { account, region } = event;
  const lookUp = describe && { operation: describe.operation, input: describe.input };
  return { resource: judgement.resource ?? resource, ...(lookUp ? { describe: lookUp } : {}), account, region };
}

const memberOf = (event: ApiCall | StateChange, name: string): string | undefined =>
  event.is === "call" && event.request !== "omitted" ? text(event.request, name) : undefined;

/** Tag values take letters, digits, spaces and `_.:/=+-@`, 256 at most (AddTags, API Reference). */
const tagValue = (value: string): string => value.replace(/[^\p{L}\p{N} _.:/=+\-@]/gu, "_").slice(0, 256);

function reasonTag(settings: readonly SettingVerdict[]): string {
  const worst = settings.filter((setting) => isViolation(setting) && setting.exempt === undefined);
  const named = worst.length > 0 ? worst : settings.filter(({ is }) => is === "undetermined");
  const reasons = named.map(({ path, is }) => `${path.replace(/\[([^\]]*)\]/g, ".$1").replace(/\.\./g, ".")} ${is}`);
  return tagValue(reasons.join(" / ")) || "undetermined";
}
