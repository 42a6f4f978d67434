import { matchesPattern } from "../../core/model/wildcard.ts";
import type { Facts, FieldSelector, Selectors, Trail } from "../facts.ts";
import { type Finding, ok, problem, settle } from "../finding.ts";

/** One trail that logs SageMaker's write events in this Region is enough: EventBridge needs no more. */
export function judgeTrail({ trails }: Facts): readonly Finding[] {
  return settle(trails, ["trail", ""], (all) => {
    const judged = all.map((trail) => judgeOne(trail));
    const good = judged.flat().filter(({ is }) => is === "ok");
    if (good.length > 0) return good.slice(0, 1);
    return all.length === 0 ? [problem("no-trail", {})] : judged.flat();
  });
}

function judgeOne({ name, logging, selectors }: Trail): readonly Finding[] {
  const trail = name;
  const logs = settle(logging, ["trail", trail], (on) => (on ? [] : [problem("trail-stopped", { trail })]));
  const selects = settle(selectors, ["trail", trail], (value) => {
    if (logsCall(value, { source: "sagemaker.amazonaws.com", readOnly: "false" })) return [];
    const reads = logsCall(value, { source: "sagemaker.amazonaws.com", readOnly: "true" });
    const others = logsCall(value, { source: "ec2.amazonaws.com", readOnly: "false" });
    return [problem(others && !reads ? "trail-excludes" : "trail-without-writes", { trail })];
  });
  const findings = [...logs, ...selects];
  return findings.length > 0 ? findings : [ok("trail-logs", { trail })];
}

interface Call {
  readonly source: string;
  readonly readOnly: "true" | "false";
}

/** Whether selectors log a management event (CloudTrail User Guide, "Logging management events"). */
function logsCall({ basic, advanced }: Selectors, { source, readOnly }: Call): boolean {
  const wanted = readOnly === "true" ? "ReadOnly" : "WriteOnly";
  return (
    basic.some(
      (one) =>
        one.management &&
        (one.readWrite === "All" || one.readWrite === wanted) &&
        !one.excludedSources.includes(source),
    ) ||
    advanced.some((fields) =>
      fields.every((field) =>
        holds(field, { eventCategory: "Management", eventSource: source, readOnly, eventType: "AwsApiCall" }),
      ),
    )
  );
}

/** A field that every call may have differently (`eventName`, …) leaves calls out, so it does not hold. */
function holds(selector: FieldSelector, call: Readonly<Record<string, string>>): boolean {
  const value = call[selector.Field];
  if (value === undefined) return false;
  const any = (list: readonly string[] | undefined, of: (one: string) => string) =>
    list?.some((one) => matchesPattern(of(one), value));
  const is = (one: string) => one;
  const [starts, ends] = [(one: string) => `${one}*`, (one: string) => `*${one}`];
  return (
    any(selector.Equals, is) !== false &&
    any(selector.StartsWith, starts) !== false &&
    any(selector.EndsWith, ends) !== false &&
    !any(selector.NotEquals, is) &&
    !any(selector.NotStartsWith, starts) &&
    !any(selector.NotEndsWith, ends)
  );
}
