import { defined } from "../core/model/defined.ts";
import type { Code } from "../core/model/reason.ts";
import type { Decision, OutcomeIs } from "../core/model/types.ts";
import type { FaultAt } from "../ports/ports.ts";
import { escapeHidden } from "../text/escape-hidden.ts";
import { type PublicDecision, publicDecision } from "../wording/public-decision.ts";

const NAMESPACE = "Keyward";
/** CloudWatch Logs once took 256 KB an event, and other readers of logs still do. */
const MAX_LINE_BYTES = 200_000;
/** In a shortened line, so many characters of each text (six bytes each in JSON at most), and elements of each list. */
const TEXT_KEPT = 256;
const LIST_KEPT = 5;
const MARGIN_BYTES = 5_000;

export type Metric = readonly [name: string, value: number, unit: "Count" | "Milliseconds"];

/**
 * One structured log line for each decision. Its metrics use CloudWatch's embedded metric format, so they need no API
 * call. The line holds the public decision and no other data of the record. It stays under 200 KB: a longer one has the
 * same metrics and verdict, shortened texts, and as many settings as fit, the violations first (docs/decision.md).
 * `stack`: the stack's name.
 */
export function logLine(decision: Decision, now: Date, stack?: string): string {
  const metrics = metricsOf(decision, now);
  const whole = embedded(metrics, publicDecision(decision), now, stack);
  return Buffer.byteLength(whole) < MAX_LINE_BYTES
    ? whole
    : embedded(metrics, shortened(publicDecision(decision)), now, stack);
}

/** The order in which settings are kept. */
const SETTING_ORDER: readonly string[] = ["missing", "rejected", "undetermined", "accepted", "not-applicable"];

/** The decision with as many settings as a line has room for; `settingsLeftOut` counts the others. */
function shortened(decision: PublicDecision): object {
  const { settings, ...others } = decision;
  const rest = short(others) as object;
  const worstFirst = [...settings].sort((a, b) => SETTING_ORDER.indexOf(a.is) - SETTING_ORDER.indexOf(b.is));
  // The metrics and the names of the members take less than the margin.
  let room = MAX_LINE_BYTES - MARGIN_BYTES - Buffer.byteLength(json(rest));
  const kept: unknown[] = [];
  for (const setting of worstFirst) {
    const one = short(setting);
    room -= Buffer.byteLength(json(one)) + 1;
    if (room < 0) break;
    kept.push(one);
  }
  return { ...rest, settings: kept, settingsLeftOut: settings.length - kept.length };
}

/** The same data with every text and every list cut. */
function short(value: unknown): unknown {
  if (typeof value === "string") return cut(value, TEXT_KEPT);
  if (Array.isArray(value)) return value.slice(0, LIST_KEPT).map(short);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, short(inner)]));
}

const cut = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max)}…` : text);

/** People read log lines in consoles and terminals: no character is hidden, and none changes the order of the others. */
const json = (value: unknown): string => escapeHidden(JSON.stringify(value));

/**
 * A log line from which CloudWatch also reads metrics. Their dimension is the stack's name; without it two stacks of an
 * account and Region would have the same metrics.
 */
export function embedded(metrics: readonly Metric[], members: object, now: Date, stack: string | undefined): string {
  const definitions = metrics.map(([Name, , Unit]) => ({ Name, Unit }));
  const dimensions = defined({ Stack: stack });
  const CloudWatchMetrics = [{ Namespace: NAMESPACE, Dimensions: [Object.keys(dimensions)], Metrics: definitions }];
  const values = Object.fromEntries(metrics.map(([name, value]) => [name, value]));
  return json({ _aws: { Timestamp: now.getTime(), CloudWatchMetrics }, ...dimensions, ...values, ...members });
}

function metricsOf({ verdict, resource, actions, eventTime }: Decision, now: Date): Metric[] {
  const is = (condition: boolean) => (condition ? 1 : 0);
  const ended = (outcome: OutcomeIs, code?: Code) =>
    actions.filter((action) => action.outcome === outcome && (code === undefined || action.reason?.code === code))
      .length;
  const stopped = actions.some((action) => action.do === "stop" && action.outcome === "done");
  const latency = now.getTime() - Date.parse(eventTime ?? "");
  const acted = ended("done") > 0 && Number.isFinite(latency);
  return [
    ["Events", 1, "Count"],
    ["Compliant", is(verdict === "compliant"), "Count"],
    ["NonCompliant", is(verdict === "non-compliant"), "Count"],
    ["Undetermined", is(verdict === "undetermined"), "Count"],
    ["Exempt", is(verdict === "exempt"), "Count"],
    ["Malformed", is(verdict === "malformed"), "Count"],
    ["UnknownOperations", is(resource?.kind === "unknown"), "Count"],
    ["Stopped", is(stopped), "Count"],
    ["Deferred", ended("deferred"), "Count"],
    ["Limited", ended("deferred", "limit-reached") + ended("deferred", "principal-limit-reached"), "Count"],
    ["LedgerUnavailable", is(ended("deferred", "ledger-unavailable") > 0), "Count"],
    ["Denied", ended("denied"), "Count"],
    ["Failed", ended("failed"), "Count"],
    // The time from the call to its actions, in milliseconds.
    ...(acted ? [["ActedAfter", latency, "Milliseconds"] as const] : []),
  ];
}

/** An error may quote the input. A stack begins with its message. */
const FAULT_KEPT = 8_000;

/** The log line of an unexpected error, cut like any other. */
export function faultLine(at: FaultAt, error: unknown): string {
  const fault =
    error instanceof Error
      ? { name: error.name, message: cut(error.message, FAULT_KEPT), stack: cut(error.stack ?? "", FAULT_KEPT) }
      : { message: cut(String(error), FAULT_KEPT) };
  return json({ level: "ERROR", ...at, fault });
}
