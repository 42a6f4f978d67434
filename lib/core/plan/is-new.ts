import type { OrderSource } from "./orders.ts";

/** The time in which a resource may appear after its call: far more than reads need to become consistent. */
const NEW_MS = 10 * 60_000;

/** Whether so little time has passed since the event that "not found" does not mean "gone". */
export const isNew = ({ event, at }: Pick<OrderSource, "event" | "at">): true | undefined =>
  at.getTime() - Date.parse(event.eventTime) < NEW_MS ? true : undefined;
