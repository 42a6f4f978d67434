import { mutantsOf } from "../mutant.ts";

/** Bugs in the hour's slots. */
export const limiterMutants = [
  ...mutantsOf("lib/enforce/store/limiter.ts", [
    ["the limit is off by one", "if (slots.length >= stopsPerHour)", "if (slots.length > stopsPerHour)"],
    ["a limit of none is not kept", "if (options.stopsPerHour === 0)", "if (options.stopsPerHour < 0)"],
    [
      "a principal's share is ignored",
      "< stopsPerHourPerPrincipal) return undefined",
      "< Number.POSITIVE_INFINITY) return undefined",
    ],
    ["a principal's share is off by one", ".length < stopsPerHourPerPrincipal", ".length <= stopsPerHourPerPrincipal"],
    ["all principals have one share", "slot.principal === own", "slot.principal !== undefined || own === undefined"],
    ["the hour is the container's guess, and not S3's", "needed = keysAt(result.at);", ""],
    [
      "near the end of an hour only one hour's slot is taken",
      "const TAKES_EFFECT_WITHIN_MS = 2 * SLOT_IS_GOOD_FOR_MS;",
      "const TAKES_EFFECT_WITHIN_MS = 0;",
    ],
    ["a slot is good for an hour", "SLOT_IS_GOOD_FOR_MS = 30_000;", "SLOT_IS_GOOD_FOR_MS = 3_600_000;"],
    [
      "the slots of a wrong guess are kept",
      "if (!needed.includes(one)) await release(one, request.id, known, options);",
      "await Promise.resolve();",
    ],
    [
      "the first hour's slot is kept when the second is full",
      "for (const one of held) await release(one, request.id, known, options);\n      return",
      "return",
    ],
    ["a full hour is not read again", "if (full && isFresh)", "if (full)"],
    [
      "a slot that was taken already is taken again",
      'if (read.is === "found" && holds(known.get(key), request.id)) return { is: "held", at: read.at };',
      "",
    ],
    [
      "slots are given without an If-Match that holds",
      'if (written.is === "written") {\n      known.set(key, { hour, etag: written.etag });\n      return { is: "held", at: written.at };\n    }',
      'if (written.is === "written" || tried > 2) {\n      return { is: "held", at: request.near };\n    }',
    ],
    [
      "a slot whose write was not answered counts as taken",
      'if (written.is === "unavailable") return written;',
      'if (written.is === "unavailable") return { is: "held", at: request.near };',
    ],
    [
      "a slot is not given back",
      "const hour: Hour = { slots: now.hour.slots.filter((slot) => slot.id !== id) };",
      "const hour: Hour = now.hour;",
    ],
    [
      "the last slot is given back, whoever has it",
      "now.hour.slots.filter((slot) => slot.id !== id)",
      "now.hour.slots.slice(0, -1)",
    ],
    ["a refused giving back is not tried again", 'if (written.is !== "refused") return;', "return;"],
  ]),
  ...mutantsOf("lib/enforce/with-slot.ts", [
    [
      "a slot is not given back though the stop had no effect",
      "if (!result || !mayHaveActed(result)) await",
      "if (!result) await",
    ],
    ["a slot is given back though the stop was done", 'result.is === "done" || result.hadEffect', "result.hadEffect"],
    [
      "a slot is given back though the answer was lost",
      ' || (result.is === "failed" && result.unanswered === true)',
      "",
    ],
    ["a slot is given back though an earlier attempt may have stopped it", " || result.hadEffect === true", ""],
    [
      "a slot is used after it has expired",
      "isWithin(SLOT_IS_GOOD_FOR_MS, asked, ports) && claim.isHeld()",
      "claim.isHeld()",
    ],
    [
      "a stop is sent though the claim was lost",
      "isWithin(SLOT_IS_GOOD_FOR_MS, asked, ports) && claim.isHeld()",
      "isWithin(SLOT_IS_GOOD_FOR_MS, asked, ports)",
    ],
    [
      "a stop is sent without a slot when the hour is full",
      'if (taken.is !== "taken") return await withoutSlot(taken, ports);',
      'if (taken.is !== "taken") return taken.is === "full" ? await perform() : await withoutSlot(taken, ports);',
    ],
    ["nobody is alarmed when the limit is reached", 'await ports.alarm({ kind: "limit", reason: taken.reason });', ""],
    [
      "a stop without a slot is never tried again",
      "answer: taken.reason }, retryable: true }",
      "answer: taken.reason }, retryable: false }",
    ],
    ["every delivery asks for the same slot", "claim.attempt}.", "0}."],
    [
      "the principal is the session, and not its issuer",
      "event.issuer ?? event.principal",
      "event.principal ?? event.issuer",
    ],
  ]),
];
