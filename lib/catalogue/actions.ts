/** The actions on a resource, one row each, with the facts that plan, enforcement and mails share. */
interface ActionRow {
  readonly action: string;
  /** The participle of the action, as in "The notebook was tagged". */
  readonly participle: string;
  /** The policy may name it for an undetermined verdict. A stop needs a known violation. */
  readonly ifUndetermined: boolean;
  /**
   * The kind whose `respond` in the policy decides: the resource's own kind, or its parent's kind if it has a parent.
   */
  readonly decidedBy: "resource" | "parent";
  /** Whether it is repeated for an event about a resource that was already reported. */
  readonly ifReported: boolean;
  /** Whether it is also done in accounts and Regions that the policy does not name. */
  readonly outsideScope: boolean;
  /** `together`: at the same time as the others. `last`: after all others, whose outcomes it reports. */
  readonly turn: "together" | "last";
  /** Done once for a parent, however many of its children are judged. */
  readonly oncePerParent: boolean;
  /** Only for a violation that the policy's `stop-for` names. */
  readonly needsJustification: boolean;
  /** Done once for a cause, whose further events are counted (`limits.remind-after-days`). */
  readonly oncePerCause: boolean;
  /** Takes one of the hour's slots first (`limits.stops-per-hour`). */
  readonly takesSlot: boolean;
  /** Without the ledger, the action waits for the ledger, or one delivery only does it. */
  readonly withoutLedger: "waits" | "one-delivery";
  /**
   * Whether people notice a repetition. Then the ledger counts the attempts without an answer. At most one action has
   * this.
   */
  readonly countsAttempts: boolean;
  /** The policy's `notify` says where it goes, and when. */
  readonly isRouted: boolean;
}

/** The order of the actions: those that are done together come first, then the last ones, as listed. */
export const actions = [
  {
    action: "tag",
    participle: "tagged",
    ifUndetermined: true,
    decidedBy: "resource",
    ifReported: false,
    outsideScope: false,
    turn: "together",
    oncePerParent: false,
    needsJustification: false,
    oncePerCause: false,
    takesSlot: false,
    withoutLedger: "waits",
    countsAttempts: false,
    isRouted: false,
  },
  {
    action: "notify",
    participle: "reported",
    ifUndetermined: true,
    decidedBy: "resource",
    ifReported: false,
    outsideScope: true,
    turn: "last",
    oncePerParent: true,
    needsJustification: false,
    oncePerCause: true,
    takesSlot: false,
    withoutLedger: "one-delivery",
    countsAttempts: true,
    isRouted: true,
  },
  {
    action: "stop",
    participle: "stopped",
    ifUndetermined: false,
    decidedBy: "parent",
    ifReported: true,
    outsideScope: false,
    turn: "together",
    oncePerParent: true,
    needsJustification: true,
    oncePerCause: false,
    takesSlot: true,
    withoutLedger: "waits",
    countsAttempts: false,
    isRouted: false,
  },
] as const satisfies readonly ActionRow[];

export type ActionName = (typeof actions)[number]["action"];

const inTurn = (turn: ActionRow["turn"]): ActionName[] =>
  actions.filter((row) => row.turn === turn).map(({ action }) => action);

/** The actions in the order of doing. */
export const actionsInOrder: readonly ActionName[] = [...inTurn("together"), ...inTurn("last")];

const byName = new Map<string, ActionRow>(actions.map((row) => [row.action, row]));

/** The facts of an action. Throws if the catalogue does not have it, which is a bug. */
export function actionOf(name: ActionName): ActionRow {
  const row = byName.get(name);
  if (!row) throw new Error(`action "${name}" is not in the catalogue`);
  return row;
}
