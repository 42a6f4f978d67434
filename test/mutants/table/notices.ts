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
      'if (!claim.isHeld()) return { step: { ...settled, next: "retry" }, notices: claim.notices };',
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
    ["the follow-up is not limited", "if (claim.before.followUp >= MAX_ATTEMPTS)", "if (claim.before.followUp < 0)"],
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
      "if (!claim.before.owesFollowUp || (willRetry && !notifying.task.delivery.isLast))",
      "if (!claim.before.owesFollowUp)",
    ],
    [
      "a follow-up is sent with each delivery",
      ": { step: settled, notices: { ...notices, owesFollowUp: false } };",
      ": { step: settled, notices };",
    ],
    [
      "the follow-up is not counted with the claim",
      'return notices.owesFollowUp ? counted("followUp", notices) : notices;',
      "return notices;",
    ],
    [
      "the first notice is not counted with the claim",
      'if (notice && !settledStep(notice, { earlier }, delivery)) return counted("first", notices);',
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
      'return toStep(action.do, result).next === "retry"',
      "return false",
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
