import { oneLine } from "../../text/one-line.ts";
import { ownText, type SafeText, safeText } from "../../text/safe-text.ts";
import type { Quote } from "../../text/untrusted.ts";
import type { CheckFinding } from "../model/finding.ts";
import type { Suppression } from "../model/suppression.ts";

/** `suppressed until 2027-03-31 by Ana: moves in March`. */
export const saySuppression = ({ expires, owner, reason }: Suppression, quote: Quote): SafeText =>
  ownText(oneLine(`suppressed until ${expires} by ${quote(owner, 100)}: ${quote(reason, 300)}`, 600));

/** What a reader must know besides the reason: why the finding does not fail the check, or what may exempt it. */
export function sayStanding({ suppressed, known, mayBeExempt }: CheckFinding, quote: Quote): SafeText {
  if (suppressed) return safeText`; ${saySuppression(suppressed, quote)}`;
  if (known === true) return safeText`; known by the baseline`;
  return mayBeExempt === undefined ? ownText("") : safeText`; the exemption "${quote(mayBeExempt, 100)}" may cover it`;
}
