import { mutantsOf } from "../mutant.ts";

/** Bugs in how a message leaves the queue, and in alarms. */
export const batchMutants = [
  ...mutantsOf("lib/enforce/handle-batch.ts", [
    [
      "an unfinished message is deleted",
      "Records.filter((_, i) => !finished[i])",
      "Records.filter((_, i) => finished[i] === undefined)",
    ],
    [
      "a dead letter that was not accepted counts as sent",
      "return await queue.sendToDeadLetters(record.body, ended);",
      "return (await queue.sendToDeadLetters(record.body, ended)) || true;",
    ],
    [
      "a message is deleted without a dead letter",
      "return await queue.sendToDeadLetters(record.body, ended);",
      "return true;",
    ],
    [
      "a dead letter is sent and the message stays",
      "return await queue.sendToDeadLetters(record.body, ended);",
      "await queue.sendToDeadLetters(record.body, ended);",
    ],
    ["the visibility is never changed", "await queue.changeVisibility(record.receiptHandle, pauseOf(delivery));", ""],
    ["the pauses do not grow", "PAUSES_SECONDS[Math.min(receives, PAUSES_SECONDS.length) - 1]", "PAUSES_SECONDS[0]"],
    ["an unfinished message goes to the dead-letter queue at once", 'if (!delivery.isLast) return "unfinished";', ""],
    ["a message is never given up", "if (!delivery.isLast) return", "if (delivery.receives > 0) return"],
    [
      "a failure for good is not sent to the dead-letter queue",
      'if (next === "deadLetter") return reasonsOf(decision);',
      'if (next === "deadLetter") return "unfinished";',
    ],
    ["a message whose handling threw is deleted", "return [faultOf(error)];", 'return "finished";'],
    ["a redriven message is not known as one", "messageAttributes?.reason !== undefined", "false"],
    [
      "one message that throws takes its batch with it",
      "    ports.recordFault({ messageId: record.messageId }, error);\n  }\n  return false;",
      "    throw error;\n  }\n  return false;",
    ],
  ]),
  ...mutantsOf("lib/enforce/store/alarms.ts", [
    [
      "no alarm is sent",
      'if ((await store.create(key, note)).is === "refused") return;',
      "if ((await store.create(key, note)).is !== undefined) return;",
    ],
    [
      "each container sends its own alarm",
      'if ((await store.create(key, note)).is === "refused") return;',
      "await store.create(key, note);",
    ],
    ["no alarm is sent while the store cannot be written", '.is === "refused") return;', '.is !== "written") return;'],
    ["a failed alarm is not tried again", 'if (result.is !== "done") sent.delete(key);', ""],
    [
      "an alarm that throws ends the handling of its event",
      "options.recordFault({ alarm: alarm.kind }, error);",
      "throw error;",
    ],
  ]),
  ...mutantsOf("lib/enforce/mail-turn.ts", [
    [
      "a cause's turn is kept though its mail did not go out",
      "if (!went && !cause.own) await",
      "if (!went && cause.own) await",
    ],
    [
      "where a cause's note cannot be read nobody is mailed",
      'case "unavailable":\n      return { is: "mail" };',
      'case "unavailable":\n      return { is: "not-now", outcome: { do: "notify", outcome: "skipped", reason: { code: "cause-busy" } }, next: "done" };',
    ],
    [
      "an event that met a busy cause is not mailed later",
      'reason: { code: "cause-busy" } },\n        next: "retry",',
      'reason: { code: "cause-busy" } },\n        next: "done",',
    ],
  ]),
];
