import { mutantsOf } from "../mutant.ts";

/** Bugs in doing the actions of an event and in its end. */
export const actionMutants = [
  ...mutantsOf("lib/enforce/act.ts", [
    [
      "a message is deleted though its entry could not be closed",
      'return { outcomes, next: saved ? next : "retry" };',
      "return { outcomes, next };",
    ],
    ["an entry is closed though an action is left", 'state: next === "done" ? "closed" : "waiting"', 'state: "closed"'],
    ["an entry is never closed", 'state: next === "done" ? "closed" : "waiting"', 'state: "waiting"'],
    [
      "an entry is closed after a failure for good, so that a redrive does nothing",
      'state: next === "done" ? "closed" : "waiting"',
      'state: next === "retry" ? "waiting" : "closed"',
    ],
    [
      "a stop takes no slot",
      "takesSlot ? await withSlot(wanted, { ...task, claim }, ports, run) : await run()",
      "takesSlot ? await run() : await run()",
    ],
    ["a finished action is repeated", "if (settled) return settled;", ""],
    ["nobody is alarmed for a denied action", "await alarmIfDenied(progress.steps, claim, ports);", ""],
    [
      "a failure for good hides an action that is left",
      'if (steps.some(({ next }) => next === "retry")) return "retry";\n  return',
      "return",
    ],
    [
      "a failure for good counts as done",
      'steps.some(({ next }) => next === "deadLetter") ? "deadLetter" : "done"',
      '"done"',
    ],
    ["the first notice does not count", "notices: notified.notices };", "notices };"],
    [
      "a follow-up that is owed is forgotten where the policy wants no mail any more",
      "if (!notices.owesFollowUp) return { steps, notices };",
      "if (notices) return { steps, notices };",
    ],
    ["a follow-up beside the planned actions is not tried again", 'isOpen ? "retry" : worst(steps)', "worst(steps)"],
  ]),
  ...mutantsOf("lib/enforce/step.ts", [
    [
      "a failure for good is tried again with each delivery",
      'if (before?.isFinal && !isRedriven) return { outcome: before, next: "deadLetter" };',
      "",
    ],
    ["a redriven failure for good is not tried again", "before?.isFinal && !isRedriven", "before?.isFinal"],
  ]),
  ...mutantsOf("lib/enforce/act-for-parent.ts", [
    [
      "every child of a parent stops it and mails",
      'case "other":\n      return act(',
      'case "other":\n      if (event.eventID) return act(task, claim, ports);\n      return act(',
    ],
    [
      "the end of a parent's run is not noted",
      'if (ended || (again && nextOf(result) !== "retry"))',
      'if (!ended && again && nextOf(result) !== "retry")',
    ],
    [
      "a parent whose stop was denied is left alone in its later runs",
      'if (ended || (again && nextOf(result) !== "retry"))',
      "if (ended)",
    ],
    [
      "a stop that is tried again ends its note: two events try to stop one run",
      '(again && nextOf(result) !== "retry")',
      "again",
    ],
    [
      "a parent whose stop was given up after a day is left alone in its later runs",
      'if (again && task.delivery.isLast && acted.next === "retry") await claimed.noteEnd();',
      "",
    ],
    [
      "an event that wants no stop keeps another one from it",
      'if (!wantsStop && mayRunAgain(deciding?.kind ?? "")) return act(task, claim, ports);',
      "",
    ],
    [
      "a parent whose note cannot be written is acted on",
      'await claim.save({ outcomes: claim.earlier, notices: claim.before, state: "waiting" });\n      return { outcomes: claim.earlier, next: "retry" };',
      "return act(task, claim, ports);",
    ],
    [
      "a parent whose note cannot be written keeps the notice as sent",
      "await claim.save({ outcomes: claim.earlier, notices: claim.before,",
      "await claim.save({ outcomes: claim.earlier, notices: claim.notices,",
    ],
  ]),
  ...mutantsOf("lib/enforce/respond.ts", [
    [
      "an event on which another delivery works is treated as done",
      'case "busy":\n      return { outcomes: [], next: "retry" };',
      'case "busy":\n      return { outcomes: [], next: "done" };',
    ],
    [
      "an event whose ledger did not answer is acted on without it",
      'if (opened.retryable) return { outcomes: [], next: "retry" };',
      "",
    ],
    [
      "a finished event comes back for ever",
      'return { outcomes: opened.outcomes, next: "done" };',
      'return { outcomes: opened.outcomes, next: "retry" };',
    ],
    [
      "what is observed is not written into the ledger",
      'const isNoted = ports.policy.mode === "observe" && planned.length > 0;',
      "const isNoted = false;",
    ],
    [
      "a stop that was cancelled resumes when Keyward enforces again",
      "|| sentAt >= cancelledBefore",
      "|| sentAt < cancelledBefore",
    ],
    ["Keyward looks things up although it is switched off", 'if (policy.mode === "off")', "if (false)"],
    ["an earlier delivery's entry stays open", "if (!isNoted && !mayHaveEntry)", "if (!isNoted)"],
    [
      "a redriven message leaves its entry open",
      "delivery.receives > 1 || delivery.isRedriven",
      "delivery.receives > 1",
    ],
    [
      "an unanswered look-up is not repeated",
      'if (unanswered && delivery.receives < MAX_LOOK_UPS) return { outcomes: [], next: "retry" };',
      "",
    ],
    ["an unanswered look-up is repeated for ever", "unanswered && delivery.receives < MAX_LOOK_UPS", "unanswered"],
    [
      "a malformed message is deleted",
      'return { outcomes: [], next: "deadLetter" };',
      'return { outcomes: [], next: "done" };',
    ],
  ]),
  ...mutantsOf("lib/actions/outcome.ts", [
    [
      "a deferred action counts as done",
      'case "deferred":\n      return "retry";',
      'case "deferred":\n      return "done";',
    ],
    ["a retryable failure is final", 'return result.retryable ? "retry" : "deadLetter";', 'return "deadLetter";'],
    ["a failure for good is tried again", 'return result.retryable ? "retry" : "deadLetter";', 'return "retry";'],
    ["a denied action is tried again", 'case "denied":\n      return "done";', 'case "denied":\n      return "retry";'],
    [
      "a failed action is not repeated by a later delivery",
      'outcome !== "deferred" && outcome !== "failed";',
      'outcome !== "deferred";',
    ],
    [
      "a deferred action is not repeated by a later delivery",
      'outcome !== "deferred" && outcome !== "failed";',
      'outcome !== "failed";',
    ],
  ]),
  ...mutantsOf("lib/actions/table.ts", [
    [
      "an action that throws is tried for ever",
      "reason: faultOf(error), retryable: false",
      "reason: faultOf(error), retryable: true",
    ],
  ]),
  ...mutantsOf("lib/actions/notify.ts", [
    [
      "a follow-up reads like a first mail",
      "defined({ repeated, willRetry, isFollowUp, mayBeStopped })",
      "defined({ repeated, willRetry })",
    ],
    [
      "a first mail does not say that the stop is tried again",
      "defined({ repeated, willRetry, isFollowUp, mayBeStopped })",
      "defined({ repeated, isFollowUp })",
    ],
  ]),
];
