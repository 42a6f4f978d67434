import { mutantsOf } from "../mutant.ts";

/** Bugs in the claim on an event and in the writes of its entry. */
export const ledgerMutants = [
  ...mutantsOf("lib/enforce/store/ledger.ts", [
    [
      "the claim is not created on a condition: an entry that exists is written over",
      'if (written.is === "refused") return takeOver(key, attempted, reserve, options);',
      'if (written.is === "refused") return { is: "claimed", claim: claimOn({ key, entry, before: fresh, start, etag: "", at: options.now() }, options) };',
    ],
    ["the lease is ignored", 'if (isLeased(entry, found)) return { is: "busy" };', ""],
    ["the lease is shorter than the function's time-out", "const LEASE_MS = 90_000;", "const LEASE_MS = 9_000;"],
    [
      "the lease never ends",
      'state === "working" && at.getTime() - writtenAt.getTime() < LEASE_MS',
      'state === "working"',
    ],
    [
      "the lease goes by the container's clock",
      'if (isLeased(entry, found)) return { is: "busy" };\n  return claimEntry',
      'if (entry.state === "working" && options.now().toISOString() < entry.leaseUntil) return { is: "busy" };\n  return claimEntry',
    ],
    ["an event that waits counts as leased", 'state === "working" && at', "at"],
    [
      "a closed entry is taken over",
      'if (entry.state === "closed") return { is: "closed", outcomes: entry.actions.map(restoreOutcome) };',
      "",
    ],
    [
      "a claim that another delivery took first is used all the same",
      'if (written.is === "refused") return { is: "busy" } as const;',
      'if (written.is === "refused") return { is: "claimed", claim: claimOn({ key, entry: next, before: entry.notices, start, at, etag: "" }, options) } as const;',
    ],
    [
      "an entry that cannot be read is not waited for",
      'if (found.is !== "found") return { is: "busy" };',
      'if (found.is !== "found") return { is: "closed", outcomes: [] };',
    ],
    [
      "the notice is not counted with the first claim",
      "notices: reserve({ earlier: [], notices: fresh }),",
      "notices: fresh,",
    ],
    [
      "the notice is not counted when a claim is taken over",
      "notices: reserve({ earlier: entry.actions.map(restoreOutcome), notices: before }),",
      "notices: entry.notices,",
    ],
    [
      "earlier outcomes are forgotten when a claim is taken over",
      "earlier: entry.actions.map(restoreOutcome),\n    notices: entry.notices,\n    before",
      "earlier: [],\n    notices: entry.notices,\n    before",
    ],
    ["attempts are not counted", "attempts: entry.attempts + 1", "attempts: entry.attempts"],
    ["a claim is held for ever", "isHeld: () => isWithin(LEASE_MS, start, options)", "isHeld: () => true"],
    [
      "the closing write counts as done whatever S3 answers",
      '.is === "written") return true;\n    const found',
      ") return true;\n    const found",
    ],
    ["a refused closing write is not looked at again", "tried < 2", "tried < 1"],
    [
      "a closing write that has arrived counts as lost",
      "if (JSON.stringify(found.value) === JSON.stringify(entry)) return true;",
      "",
    ],
    [
      "settle() leaves the entry open",
      'advance(judged, { outcomes, notices: entry.notices, state: "closed" }',
      'advance(judged, { outcomes, notices: entry.notices, state: "waiting" }',
    ],
    [
      "settle() forgets the follow-up of an announced stop",
      "if (entry.notices.owesFollowUp) {",
      "if (entry.notices.owesFollowUp && key === undefined) {",
    ],
    ["settle() closes what another delivery works on", 'if (isLeased(entry, found)) return "busy";', ""],
    [
      "an observed event is noted over the entry of an earlier delivery",
      'written.is === "written" ? { is: "settled" } : settle(decision, reserve, options)',
      '{ is: "settled" }',
    ],
    [
      "settle() reports a refused write as settled",
      'return written.is === "written" ? { is: "settled", ...acting } : "busy";',
      'return { is: "settled", ...acting };',
    ],
  ]),
  ...mutantsOf("lib/enforce/store/entry.ts", [
    [
      "the closing write does not release the claim",
      "    state,\n    leaseUntil: at,",
      '    state: state === "waiting" ? "working" : state,\n    leaseUntil: at,',
    ],
    ["the counts of the notices are not saved at the end", "    actions,\n    notices,", "    actions,"],
  ]),
  ...mutantsOf("lib/enforce/clocks.ts", [
    [
      "a process that was frozen does not notice it",
      "elapsed - since.elapsed < ms && now - since.now < ms",
      "now - since.now < ms",
    ],
    ["a clock that is set forward is not noticed", "&& now - since.now < ms ", ""],
  ]),
  ...mutantsOf("lib/enforce/store/stored-outcome.ts", [
    ["a failure for good is not stored as one", "final: outcome.isFinal, ", ""],
  ]),
];
