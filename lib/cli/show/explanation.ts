import type { Condition } from "../../catalogue/condition.ts";
import { protectsNoun } from "../../catalogue/protects.ts";
import type { Setting } from "../../catalogue/vocabulary.ts";
import { defined } from "../../core/model/defined.ts";
import { isBlank } from "../../core/model/member.ts";
import type { Judgement, Parsed } from "../../core/model/types.ts";
import type { Policy } from "../../policy/schema.ts";
import { type PublicSetting, publicSetting } from "../../wording/public-decision.ts";
import { WITHOUT } from "../../wording/reasons/setting-reasons.ts";
import { locate } from "../input/locate.ts";

/** A setting's verdict and the facts behind it, each in words. */
export interface SettingExplanation extends Omit<PublicSetting, "protects"> {
  /** The place of the value in the event, or the part of its path that exists. */
  readonly found: string;
  readonly protects: string;
  /** When the catalogue's rule applies. */
  readonly applies?: string;
  /** The policy's requirement. */
  readonly policy: string;
  /** SageMaker's encryption where there is no key. */
  readonly without?: string;
  /** The IAM condition key that can require the setting before the call. */
  readonly prevent?: string;
}

/** Explains the settings of a judged event, in their order. */
export function explanationsOf(
  { event, subject, settings: verdicts }: Judgement,
  policy: Policy,
): SettingExplanation[] {
  if (event.is !== "call" && event.is !== "state-change") return [];
  const row = subject?.operation;
  const settings = [...(row?.settings ?? []), ...(row?.refersTo ?? []).flatMap((reference) => reference.settings)];
  return verdicts.map((verdict) => {
    const { protects } = verdict;
    const pattern = verdict.path.replace(/\[\d*\]/g, "[]");
    const setting = settings.find((one) => one.path === pattern && one.protects === protects);
    return {
      ...publicSetting(verdict),
      found: foundAt(event, verdict.path),
      protects: `${protects}: ${protectsNoun(protects)}`,
      ...defined({ applies: setting && appliesWhen(setting) }),
      policy: wanted(setting, policy),
      ...defined({
        without: setting && WITHOUT[setting.without],
        prevent: setting?.conditionKey && `IAM condition key ${setting.conditionKey}`,
      }),
    };
  });
}

function foundAt(event: Extract<Parsed, { is: "call" | "state-change" }>, path: string): string {
  if (event.is === "call" && event.request === "omitted")
    return "nothing: CloudTrail omitted the parameters because of their size";
  const [root, prefix] = event.is === "call" ? [event.request, "requestParameters"] : [event.detail, "detail"];
  const { at, missing, value } = locate(root, path);
  const place = [prefix, at].filter(Boolean).join(".");
  if (missing !== undefined) return `nothing: ${place} has no ${missing === "[]" ? "element for it" : missing}`;
  if (isBlank(value)) return `${place}, which is empty`;
  return typeof value === "string" ? place : `${place}: ${JSON.stringify(value)}`;
}

function appliesWhen({ when = [], instanceTypes, element }: Setting): string {
  const parts = [
    ...when.map(inWords),
    ...(element ? [`elements where ${element.path} is ${element.is ? "true" : "not true"}`] : []),
    ...(instanceTypes ? ["the instance types have no local storage"] : []),
  ];
  return parts.length === 0 ? "always" : `where ${parts.join(", and ")}`;
}

function inWords(condition: Condition): string {
  switch (condition.is) {
    case "present":
      return `${condition.path} is there`;
    case "equals":
      return `${condition.path} is ${condition.value}`;
    case "not":
      return `${condition.path} is not ${condition.value}`;
    case "lacking-in-some":
      return `not every element has ${condition.path}`;
    default:
      return condition satisfies never;
  }
}

function wanted(setting: Setting | undefined, { require, keys }: Policy): string {
  if (!setting) return "reports settings that are not in the catalogue";
  const required = `require.${setting.protects}: ${require[setting.protects]}`;
  if (!require[setting.protects] || setting.protects === "in-transit") return required;
  return `${required}, keys.accept: ${keys.accept}`;
}
