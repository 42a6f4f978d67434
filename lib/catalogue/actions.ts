/** What can be done about a resource: the facts that the plan, the acting and the mails share, one row for each action. */
interface ActionRow {
  readonly action: string;
  /** What was done to the resource, as in "The notebook was tagged". */
  readonly participle: string;
  /** The policy may name it for an undetermined verdict. A stop needs a known violation. */
  readonly ifUndetermined: boolean;
  /** Whose `respond` in the policy decides: that of the resource's own kind, or of the kind of its parent if it has one. */
  readonly decidedBy: "resource" | "parent";
  /** Done again for an event about a resource that was reported before. */
  readonly ifReported: boolean;
  /** Also done in accounts and Regions that the policy does not name. */
  readonly outsideScope: boolean;
  /** `together`: at the same time as the others. `last`: after all others, whose outcomes it reports. */
  readonly turn: "together" | "last";
  /** Done once for a parent, however many of its children are judged. */
  readonly oncePerParent: boolean;
  /** Takes one of the hour's slots first (`limits.stops-per-hour`). */
  readonly takesSlot: boolean;
  /** Without the ledger it waits for the ledger, or is done with the first delivery and no later one. */
  readonly withoutLedger: "waits" | "first-delivery";
  /** People notice if it is done twice: the ledger counts the attempts without an answer. One action at most. */
  readonly countsAttempts: boolean;
}

/** Which of them are done, and when: the actions that are done together come first, then the last ones, as listed. */
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
    takesSlot: false,
    withoutLedger: "waits",
    countsAttempts: false,
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
    takesSlot: false,
    withoutLedger: "first-delivery",
    countsAttempts: true,
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
    takesSlot: true,
    withoutLedger: "waits",
    countsAttempts: false,
  },
] as const satisfies readonly ActionRow[];

export type ActionName = (typeof actions)[number]["action"];

const inTurn = (turn: ActionRow["turn"]): ActionName[] =>
  actions.filter((row) => row.turn === turn).map(({ action }) => action);

/** The actions in the order of doing. */
export const actionsInOrder: readonly ActionName[] = [...inTurn("together"), ...inTurn("last")];

const byName = new Map<string, ActionRow>(actions.map((row) => [row.action, row]));

/** The facts of an action; throws on one that the catalogue does not hold, which is a bug. */
export function actionOf(name: ActionName): ActionRow {
  const row = byName.get(name);
  if (!row) throw new Error(`action "${name}" is not in the catalogue`);
  return row;
}
