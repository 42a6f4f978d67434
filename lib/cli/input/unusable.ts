import { services } from "../../catalogue/services.ts";
import type { Input } from "../../cloudtrail/inputs.ts";
import type { Decision } from "../../core/model/types.ts";
import { say } from "../../wording/reasons/say.ts";
import { complain } from "../terminal/terminal.ts";
import { placeOf } from "./read-all.ts";

export interface Judged {
  readonly input: Input;
  readonly decision: Decision;
}

/** Reports malformed events, and files without an event of SageMaker. Returns their number. */
export function reportUnusable(judged: readonly Judged[]): number {
  const malformed = judged.filter(({ decision }) => decision.verdict === "malformed");
  for (const { input, decision } of malformed) {
    complain(
      `${placeOf(input)}: ${decision.reason && say(decision.reason)}; give a CloudTrail record or its EventBridge envelope`,
    );
  }
  const foreign = new Map<string, Decision>();
  for (const { input, decision } of judged) if (isForeign(decision)) foreign.set(input.file, decision);
  for (const { input, decision } of judged) if (!isForeign(decision)) foreign.delete(input.file);
  for (const [file, { reason }] of foreign) {
    complain(`${file}: no event of SageMaker (${reason && say(reason)}); give one of ${SOURCES}`);
  }
  return malformed.length + foreign.size;
}

const SOURCES = services.map(({ eventSource }) => eventSource).join(", ");

const isForeign = ({ verdict, reason }: Decision): boolean => verdict === "ignored" && reason?.code === "other-source";
