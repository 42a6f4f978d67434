import { basename } from "node:path";
import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject } from "../../core/model/member.ts";
import { type CallHolder, callSubjects, onlyProperties } from "../calls/call-subjects.ts";
import { scheduleCalls } from "../calls/schedule-calls.ts";
import type { FileForm } from "../model/form.ts";

/** A request of EventBridge Scheduler's CreateSchedule or UpdateSchedule, whose target is a call of SageMaker. */
export const schedule: FileForm = {
  description: "a request for aws scheduler create-schedule (with ScheduleExpression and Target)",
  isIntended: () => false,
  read: ({ file, document }) => {
    if (!isSchedule(document)) return { is: "other-form" };
    const name = basename(file);
    const type = "request of CreateSchedule";
    const holder: CallHolder = { name, type, at: [], place: name };
    const known = onlyProperties(document, (path) => path);
    return { is: "subjects", subjects: callSubjects(holder, scheduleCalls, [known]).subjects };
  },
};

const isSchedule = (document: Json): document is JsonObject =>
  isObject(document) && typeof document.ScheduleExpression === "string" && isObject(document.Target);
