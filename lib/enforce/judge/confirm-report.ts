import type { Judgement } from "../../core/model/types.ts";
import type { Ports } from "../../ports/ports.ts";

/**
 * A notebook whose tags say that it was reported is not mailed again when it starts, if the ledger proves it. Where the
 * ledger cannot be read the notebook is mailed: twice is better than never.
 */
export async function confirmReport(judgement: Judgement, { ledger }: Pick<Ports, "ledger">): Promise<Judgement> {
  const { event, resource, verdict } = judgement;
  if (event.is !== "state-change" || !event.tagged || verdict !== "non-compliant" || !resource) return judgement;
  const { account, region, tagged, name } = event;
  const reported = await ledger.hasReported(tagged, { account, region, kind: resource.kind, name });
  return { ...judgement, event: { ...event, reported: reported === true } };
}
