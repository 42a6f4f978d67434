import { defined } from "../../core/model/defined.ts";
import { publicSetting, saidOf } from "../../wording/public-decision.ts";
import { hasFindings, judgedResources } from "../model/finding.ts";
import type { CheckFormat } from "../model/format.ts";
import type { CheckedResource } from "../model/result.ts";

/**
 * JSON Lines: an object for each resource with findings. It has the members of a decision and the position in the file.
 */
export const json: CheckFormat = {
  description: "one object a line for each resource that has findings",
  print: (results) => judgedResources(results).filter(hasFindings).map(toLine).join("\n"),
};

function toLine(checked: CheckedResource): string {
  const { file, line, column, subject, resource, verdict, reason, settings, suppressed, known } = checked;
  return JSON.stringify({
    // A file has no event, so these members are null.
    eventID: null,
    eventName: subject.operation,
    eventTime: null,
    account: null,
    region: null,
    principal: null,
    resource,
    verdict,
    ...saidOf(reason),
    ...defined({ suppressed, known }),
    settings: settings.map((setting) => ({
      ...publicSetting(setting),
      ...defined({
        mayBeExempt: setting.mayBeExempt,
        attribute: setting.attribute,
        under: setting.under,
        suppressed: setting.suppressed,
        known: setting.known,
      }),
      line: setting.line,
      column: setting.column,
    })),
    actions: [],
    file,
    line,
    column,
    at: subject.place,
  });
}
