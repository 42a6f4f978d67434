import { type ActionName, actionOf, actionsInOrder } from "../../catalogue/actions.ts";
import type { Policy } from "../../policy/schema.ts";
import { isUnexemptedViolation, justifiesStop } from "../judge/justify-stop.ts";
import type { Reason } from "../model/reason.ts";
import type { ApiCall, Judgement, StateChange } from "../model/types.ts";
import type { Ordered, OrderSource, Orders, PlannedAction } from "./orders.ts";
import { planStop } from "./plan-stop.ts";
import { planTag } from "./plan-tag.ts";
import { type NoticeRoute, routeOf } from "./route-of.ts";

/** The function that makes each order. An action without a row needs no order. */
const ORDERS: { readonly [A in keyof Orders]: (source: OrderSource) => Ordered<Orders[A]> } = {
  tag: planTag,
  stop: planStop,
};

/**
 * Plans the actions for a judged event by the policy, in the order in which they are done. Pure. `at`: the time of the
 * judgement. A compliant resource gets no action, and only a non-compliant resource is ever stopped.
 */
export function plan(judgement: Judgement, policy: Policy, at: Date): PlannedAction[] {
  const { event } = judgement;
  if (event.is === "ignored" || event.is === "malformed" || !judgement.resource) return [];
  return actionsInOrder
    .filter((name) => isWanted(name, judgement, policy))
    .map((name): PlannedAction => {
      const skip = whySkipped(name, event, judgement, policy);
      const action = skip ? { do: name, skip } : planned(name, event, judgement, at);
      // Last, so that what would be done can be counted by this reason.
      return policy.mode === "observe" && !("skip" in action) ? { do: name, skip: { code: "observe-mode" } } : action;
    });
}

/** True if the policy has the action for this verdict and this kind. For a stop, the kind of the parent decides. */
function isWanted(name: ActionName, { verdict, resource, parent }: Judgement, policy: Policy): boolean {
  if (verdict === "undetermined") return (policy.undetermined as readonly ActionName[]).includes(name);
  if (verdict !== "non-compliant") return false;
  const deciding = actionOf(name).decidedBy === "parent" ? (parent ?? resource) : resource;
  return responseTo(deciding?.kind ?? "", policy).includes(name);
}

function responseTo(kind: string, { respond }: Policy): readonly ActionName[] {
  const byKind: Readonly<Record<string, readonly ActionName[] | undefined>> = respond;
  return (Object.hasOwn(byKind, kind) && byKind[kind]) || respond.default;
}

/**
 * The reason why a wanted action is not done; `undefined` if it is done. In an account or Region that the policy does
 * not name, violations are only reported. A stop needs a violation of a protected thing in the policy's `stop-for`.
 */
function whySkipped(
  name: ActionName,
  event: ApiCall | StateChange,
  judgement: Judgement,
  policy: Policy,
): Reason | undefined {
  const { settings } = judgement;
  const { outsideScope, ifReported, needsJustification, isRouted } = actionOf(name);
  if (policy.mode === "off") return { code: "off-mode" };
  if (!outsideScope && !isInScope(event, policy)) return { code: "out-of-scope" };
  if (!ifReported && event.reported) return { code: "already-reported" };
  if (needsJustification && !settings.some((setting) => justifiesStop(setting, policy))) {
    const wrong = settings.filter(isUnexemptedViolation).map(({ protects }) => protects);
    return { code: "stop-not-justified", protects: [...new Set(wrong)] };
  }
  return isRouted && policy.mode === "enforce" ? notNow(routeOf(event, judgement, policy)) : undefined;
}

/** Why a notice is not sent at once. */
function notNow({ send, to }: NoticeRoute): Reason | undefined {
  switch (send) {
    case "now":
      return undefined;
    case "daily":
      return { code: "in-digest", to: to ?? null };
    case "never":
      return { code: "notify-never" };
    default:
      return send satisfies never;
  }
}

const isInScope = ({ account, region }: ApiCall | StateChange, { accounts, regions }: Policy): boolean =>
  (accounts?.includes(account) ?? true) && (regions?.includes(region) ?? true);

function planned(name: ActionName, event: ApiCall | StateChange, judgement: Judgement, at: Date): PlannedAction {
  if (!needsOrder(name)) return { do: name };
  const { subject } = judgement;
  if (!subject) return { do: name, skip: { code: "unknown-operation" } };
  if (subject.kind.actsOn === false) return { do: name, skip: { code: "reported-only", kind: subject.kind.kind } };
  // The order fits the action's name, but TypeScript cannot see that in a union.
  const ordered = ORDERS[name]({ event, subject, judgement, at });
  return "skip" in ordered ? { do: name, skip: ordered.skip } : ({ do: name, order: ordered.order } as PlannedAction);
}

const needsOrder = (name: ActionName): name is keyof Orders => Object.hasOwn(ORDERS, name);
