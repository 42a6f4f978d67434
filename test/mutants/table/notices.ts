import { mutantsOf } from "../mutant.ts";

/** Bugs in the counts and the follow-up of an event's notices. */
export const noticeMutants = [
  ...mutantsOf("lib/enforce/notices.ts", [
    ["a notice is attempted three times", "const MAX_ATTEMPTS = 2;", "const MAX_ATTEMPTS = 3;"],
    ["a notice is attempted once", "const MAX_ATTEMPTS = 2;", "const MAX_ATTEMPTS = 1;"],
    [
      "a mail is sent though the claim was lost",
      "if (!claim.isHeld()) return { step: toStep(action.do, LOST), notices: claim.notices };",
      "",
    ],
    [
      "a follow-up is sent though the claim was lost",
      'if (!claim.isHeld()) return { next: "retry", notices: claim.notices };',
      "",
    ],
    [
      "attempts without an answer are not counted",
      'result.is === "done" || (result.is === "failed" && result.unanswered === true)',
      'result.is === "done"',
    ],
    [
      "attempts that SNS refused count too",
      'const mayBeOut = result.is === "done" || (result.is === "failed" && result.unanswered === true);',
      "const mayBeOut = result.is !== undefined;",
    ],
    ["the first notice is not limited", "if (before.first >= MAX_ATTEMPTS) return", "if (before.first < 0) return"],
    ["the follow-up is not limited", "if (before.followUp >= MAX_ATTEMPTS)", "if (before.followUp < 0)"],
    [
      "a follow-up is never due",
      'const owesFollowUp = isOpen && published.is === "done";',
      "const owesFollowUp = false;",
    ],
    [
      "a follow-up is always due",
      'const owesFollowUp = isOpen && published.is === "done";',
      'const owesFollowUp = published.is === "done";',
    ],
    [
      "a follow-up does not wait for the end of the stop",
      "if (!before.owesFollowUp || (willRetry && !task.delivery.isLast)) return",
      "if (!before.owesFollowUp) return",
    ],
    [
      "a follow-up is sent with each delivery",
      'return { next: "done", notices: { ...notices, owesFollowUp: false } };',
      'return { next: "done", notices };',
    ],
    [
      "the follow-up is not counted with the claim",
      'return notices.owesFollowUp ? counted("followUp", notices) : notices;',
      "return notices;",
    ],
    [
      "the first notice is not counted with the claim",
      'if (notice && !settledStep(notice, { earlier }, task.delivery)) return counted("first", notices);',
      "",
    ],
    [
      "operators get no alarm for a notice that may not have gone out",
      'await ports.alarm({ kind: "notice", reason });',
      "",
    ],
    [
      "a mail without an answer is done after the last attempt",
      'return { is: "failed", reason, retryable: false };',
      'return { is: "done" };',
    ],
    [
      "the last delivery's mail promises a retry",
      "const isOpen = willRetry && !task.delivery.isLast;",
      "const isOpen = willRetry;",
    ],
    [
      "a follow-up that SNS refused is not tried again",
      'if (nextOf(result) === "retry") return { next: "retry", notices };',
      "",
    ],
  ]),
  ...mutantsOf("lib/enforce/notices.ts", [
    [
      "a follow-up says that nothing was stopped though an attempt had no answer",
      "defined({ mayBeStopped: mayBeStopped(claim) })",
      "defined({ mayBeStopped: undefined })",
    ],
  ]),
  ...mutantsOf("lib/enforce/settle.ts", [
    [
      "an event that is not wrong any more is closed before its follow-up went out",
      'const state = next === "done" ? "closed" : "waiting";',
      'const state = "closed";',
    ],
    [
      "an event that is not wrong any more stays open after its follow-up",
      'const state = next === "done" ? "closed" : "waiting";',
      'const state = "waiting";',
    ],
    [
      "an event that is not wrong any more leaves before its follow-up went out",
      'return (await claim.save({ outcomes: claim.earlier, notices, state })) ? next : "retry";',
      'return (await claim.save({ outcomes: claim.earlier, notices, state })) ? "done" : "retry";',
    ],
    [
      "an event that is not wrong any more loses what was done for it",
      "outcomes: claim.earlier, notices, state",
      "outcomes: [], notices, state",
    ],
  ]),
  ...mutantsOf("lib/enforce/act-without-ledger.ts", [
    [
      "a mail without the ledger is not counted",
      "const first = notices.first + (mayBeMailed ? 1 : 0);",
      "const first = notices.first;",
    ],
    [
      "a mail without the ledger is counted only for an event that has no entry",
      "if (notices.withoutLedgerCounted ||",
      "if (entry || notices.withoutLedgerCounted ||",
    ],
    [
      "without the ledger each delivery sends a mail",
      'if (receives > NOTIFYING_RECEIVE) return { do: action.do, outcome: "skipped", reason: { code: "notified-before" } };',
      "",
    ],
    ["without the ledger nobody is mailed", "if (receives < NOTIFYING_RECEIVE)", "if (receives <= NOTIFYING_RECEIVE)"],
    [
      "without the ledger resources are stopped",
      'if (actionOf(action.do).withoutLedger === "waits")',
      'if (actionOf(action.do).withoutLedger === "waits" && action.do === "tag")',
    ],
    [
      "without the ledger the message is deleted",
      'return { outcomes, next: "retry" };',
      'return { outcomes, next: "done" };',
    ],
    [
      "operators get no alarm for a ledger that cannot be written",
      'await ports.alarm({ kind: "ledger", reason });',
      "",
    ],
    [
      "a mail that was sent without the ledger is not counted later",
      "isRedriven || receives > NOTIFYING_RECEIVE;",
      "isRedriven && receives > NOTIFYING_RECEIVE;",
    ],
  ]),
];
