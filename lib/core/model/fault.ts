import type { Reason } from "./reason.ts";

/** The reason for an unexpected error, which is a bug. The log line of the fault has the error's stack. */
export function faultOf(error: unknown): Reason {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: "fault", error: text.replace(/\p{C}+/gu, " ").slice(0, 300) };
}
