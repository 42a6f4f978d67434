import type { Reason } from "../core/model/reason.ts";
import { type Mode, weakestOf } from "../policy/mode.ts";
import type { Policy } from "../policy/schema.ts";
import { versionOf } from "../policy/version.ts";
import type { ConditionalReads, Unavailable } from "../ports/store.ts";
import { CONTROL_KEY, type Control, changeKey, MAX_CONTROL_BYTES, parseControl, policyKey } from "./control-object.ts";

/** The policy that decides, with the mode that is in force. */
export interface InForce {
  readonly is: "in-force";
  readonly policy: Policy;
  readonly version: string;
  /** Stops that have waited since before this time are cancelled. */
  readonly cancelledBefore: Date | undefined;
}

export interface InForceOptions {
  readonly reads: ConditionalReads;
  /** The policy that is built in: the default and the last resort. */
  readonly builtIn: Policy;
  /** The mode that is the stack's parameter. */
  readonly parameter: Mode;
  /** Milliseconds since some start, by a clock that nobody sets. */
  readonly elapsed: () => number;
  /** Called where the control object or its policy cannot be used. Never fails. */
  readonly alarm: (reason: Reason) => Promise<void>;
}

/** A change takes effect within a minute. */
const READ_EVERY_MS = 50_000;
/** So many earlier revisions are tried for a policy that can be used, by a container that has none yet. */
const EARLIER_TRIED = 5;

interface State {
  /** Undefined where the object has to be read whole next time. */
  readonly etag: string | undefined;
  readonly inForce: InForce;
  /** The policy as it was pushed, and its version. */
  readonly pushed: Versioned;
}

interface Versioned {
  readonly policy: Policy;
  readonly version: string;
}

/**
 * Says which policy and mode are in force: one conditional read a minute, however many events come. What cannot be read or
 * is not valid changes nothing: the last that could be used stays, and there is an alarm. A container without one uses the
 * built-in policy and does not stop anything, as the switch may say so. It is unavailable only where it may be read soon.
 */
export function createInForce(options: InForceOptions): () => Promise<InForce | Unavailable> {
  let state: State | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<InForce | Unavailable> | undefined;
  const read = async () => {
    const next = await nextState(state, options);
    if ("is" in next) return next;
    state = next;
    readAt = options.elapsed();
    return next.inForce;
  };
  return async () => {
    if (state && options.elapsed() - readAt < READ_EVERY_MS) return state.inForce;
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };
}

async function nextState(last: State | undefined, options: InForceOptions): Promise<State | Unavailable> {
  const found = await options.reads.readUnless(last?.etag, CONTROL_KEY, MAX_CONTROL_BYTES);
  switch (found.is) {
    case "unchanged":
      return last ?? withoutControl(options, options.parameter);
    case "absent":
      if (last?.etag === undefined) return withoutControl(options, options.parameter);
      return keepLast(last, { code: "control-deleted" }, options);
    case "unavailable":
      if (!last && found.retryable) return found;
      return keepLast(last, { code: "control-unreadable", answer: found.reason }, options);
    case "found": {
      const control = parseControl(found.value);
      if (!control) return keepLast(last, { code: "control-invalid" }, options);
      return stateOf(control, found.etag, last, options);
    }
    default:
      return found satisfies never;
  }
}

/** Nothing was ever switched or pushed. */
function withoutControl({ builtIn }: InForceOptions, mode: Mode): State {
  const pushed = { policy: builtIn, version: versionOf(builtIn) };
  return { etag: undefined, pushed, inForce: inForceOf(pushed, mode, undefined) };
}

async function keepLast(last: State | undefined, reason: Reason, options: InForceOptions): Promise<State> {
  await options.alarm(reason);
  return last ?? withoutControl(options, weakestOf(options.parameter, "observe"));
}

async function stateOf(
  control: Control,
  etag: string,
  last: State | undefined,
  options: InForceOptions,
): Promise<State> {
  const { policyVersion, mode = options.parameter, cancelledBefore } = control;
  const wanted = await readPolicy(policyVersion, last, options);
  const cancelled = cancelledBefore === undefined ? undefined : new Date(cancelledBefore);
  if ("policy" in wanted) return { etag, pushed: wanted, inForce: inForceOf(wanted, mode, cancelled) };
  await options.alarm({ code: "pushed-policy-unusable", version: policyVersion ?? "", answer: wanted });
  const pushed = last?.pushed ?? (await earlierPolicy(control, options)) ?? withoutControl(options, mode).pushed;
  // The switch counts all the same. Without the ETag the policy is tried again in a minute.
  return { etag: undefined, pushed, inForce: inForceOf(pushed, mode, cancelled) };
}

/** The policy's own mode can only weaken the one that is switched on. */
const inForceOf = ({ policy, version }: Versioned, mode: Mode, cancelledBefore: Date | undefined): InForce => ({
  is: "in-force",
  policy: { ...policy, mode: weakestOf(policy.mode, mode) },
  version,
  cancelledBefore,
});

/** The policy of a version, or the reason why it cannot be used. */
async function readPolicy(
  version: string | undefined,
  last: State | undefined,
  { reads, builtIn }: InForceOptions,
): Promise<Versioned | Reason> {
  if (version === undefined) return { policy: builtIn, version: versionOf(builtIn) };
  if (last?.pushed.version === version) return last.pushed;
  const found = await reads.readUnless(undefined, policyKey(version), MAX_CONTROL_BYTES);
  if (found.is === "unavailable") return found.reason;
  if (found.is !== "found") return { code: "policy-absent" };
  // Loaded only where a policy was pushed: the schema takes longer to load than everything else.
  const { parsePolicy } = await import("../policy/schema.ts");
  const parsed = parsePolicy((found.value as { readonly policy?: unknown } | null)?.policy);
  return parsed.ok ? { policy: parsed.policy, version } : { code: "policy-invalid" };
}

/** The last pushed policy before a revision that can be used. */
async function earlierPolicy({ revision = 1 }: Control, options: InForceOptions): Promise<Versioned | undefined> {
  for (let earlier = revision - 1; earlier > 0 && earlier >= revision - EARLIER_TRIED; earlier--) {
    const found = await options.reads.readUnless(undefined, changeKey(earlier), MAX_CONTROL_BYTES);
    const control = found.is === "found" ? parseControl(found.value) : undefined;
    if (!control) continue;
    const policy = await readPolicy(control.policyVersion, undefined, options);
    if ("policy" in policy) return policy;
  }
  return undefined;
}
