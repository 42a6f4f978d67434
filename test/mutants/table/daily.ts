import { mutantsOf } from "../mutant.ts";

/** Bugs in the daily mails and in the routes of notices. */
export const dailyMutants = [
  ...mutantsOf("lib/daily/send-mails.ts", [
    ["an attempt at a daily mail is not counted before it", "attempts: mail.attempts + 1", "attempts: mail.attempts"],
    [
      "a daily mail is attempted without limit",
      "if (mail.attempts >= MAX_ATTEMPTS) return giveUp",
      "if (mail.attempts < 0) return giveUp",
    ],
    ["an attempt at a daily mail that SNS refused counts", "attempts: mail.attempts - 1", "attempts: mail.attempts"],
    [
      "a daily mail is given up in silence",
      'await ports.alarm({ kind: "notice", reason: { code: "daily-mail-unanswered", date: held.day.date } });',
      "",
    ],
    ["a daily mail that is sent stays due", '{ ...mail, state: "sent" }', "mail"],
    ["a day with a mail that is due is closed", 'state: isOpen ? "waiting" : "closed"', 'state: "closed"'],
  ]),
  ...mutantsOf("lib/daily/claim-day.ts", [
    ["the claim on a day is ignored", 'if (isLeased) return { is: "busy" };', ""],
    ["the claim on a day never ends", "found.at.getTime() - found.writtenAt.getTime() < LEASE_MS", "true"],
  ]),
  ...mutantsOf("lib/daily/collect.ts", [
    ["an entry is in the mails of two days", "listed.keys.filter((key) => !known.has(key))", "listed.keys"],
    ["an entry that is not finished is in the daily mail", 'entry.state === "closed" || ', "true || "],
    [
      "an entry that was made late is in no daily mail",
      "for (let back = 0; back < LOOK_BACK_DAYS; back++)",
      "for (let back = 0; back < 1; back++)",
    ],
  ]),
  ...mutantsOf("lib/core/plan/route-of.ts", [
    ["a mail is left out though an earlier route may match", 'send === "never" && isUnclear', "false"],
  ]),
  ...mutantsOf("lib/enforce/notices.ts", [
    ["a mail that was attempted goes into the daily mail too", "notices.first > 0 || (isTooLate", "(isTooLate"],
    ["a notice that no daily mail looks at waits for one", "|| (isTooLate && !isThere)", ""],
  ]),
];
