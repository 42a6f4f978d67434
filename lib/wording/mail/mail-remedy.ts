import { serviceOf } from "../../catalogue/services.ts";
import { wrap } from "../../text/one-line.ts";
import { joined, ownText, type SafeText, safeText } from "../../text/safe-text.ts";
import { FILL_IN } from "../remedy/fill-in.ts";
import { keyFor, type Remedy, remedyOf } from "../remedy/remedy.ts";
import { type SdkRemedy, sdkRemedyOf } from "../remedy/remedy-sdk.ts";
import { findingsToFix, hintsOf, howToFix, lowerFirst, rekeyOf } from "./mail-advice.ts";
import { lookUpCommands } from "./mail-look-up.ts";
import type { MailText } from "./mail-text.ts";

/** The code of a mail, with the sentences before it. */
export interface CodeSection {
  readonly lead: SafeText;
  readonly language: Remedy["language"];
  readonly code: SafeText;
}

/** The remedy, or for an undetermined verdict the way to be certain, with code that can be pasted. */
export function codeSections(mailText: MailText): CodeSection[] {
  const { facts, stopKind: kind } = mailText;
  const findings = findingsToFix(mailText);
  if (!kind || findings.length === 0) return [];
  const commands = facts.verdict === "undetermined" ? lookUpCommands(mailText) : [];
  const looks = commands.length > 0 ? [{ lead: leadOfLookUps(commands), ...shell(joined(commands, "\n")) }] : [];
  // Where the holder of the settings is not known, there is nothing to correct yet.
  if (looks.length > 0 && facts.references.length > 0) return looks;
  const remedy = remedyOf(wrongOf(mailText), facts.suggestedKey);
  if (remedy === undefined) return looks;
  const how =
    facts.verdict === "undetermined"
      ? [safeText`If a key is not accepted: ${lowerFirst(howToFix(findings, rekeyOf(mailText)))}`]
      : [];
  const lead = joined([...how, ...hintsOf(mailText, findings), leadOf(remedy)], " ");
  return [...looks, { lead, ...remedy, code: codeOf(remedy) }, ...sdkSection(mailText)];
}

/** The text of lib/wording/remedy: it copies of a record only what its own functions let through. */
const codeOf = ({ code }: Remedy): SafeText => ownText(code);

const shell = (code: SafeText) => ({ language: "shell", code }) as const;

const leadOfLookUps = (commands: readonly SafeText[]): SafeText =>
  commands.some((command) => command.includes("describe-key"))
    ? safeText`To look a key up (CUSTOMER is customer managed):`
    : safeText`To see its key settings:`;

function wrongOf(mailText: MailText) {
  const { facts } = mailText;
  const request = facts.request === "omitted" ? undefined : facts.request;
  const isOwn = serviceOf(facts.operation).name === facts.event.eventName;
  return {
    operation: facts.operation,
    request: isOwn || facts.operation === "CreateNotebookInstance" ? request : undefined,
    findings: findingsToFix(mailText),
    place: facts.event,
    arn: facts.resource.arn,
    resource: facts.resource,
    ofParent: facts.parent !== undefined,
    ...(facts.holder && { holder: facts.holder }),
  };
}

/** What the code is, and what the reader has to replace in it. */
function leadOf({ language, code }: Remedy): SafeText {
  const isOpen = code.includes(FILL_IN);
  switch (language) {
    case "text":
      return isOpen ? safeText`The settings (replace each ${FILL_IN}):` : safeText`The settings:`;
    case "python":
      return safeText`The code is a template: replace each ${FILL_IN}.`;
    case "shell":
      return isOpen ? safeText`Replace each ${FILL_IN}:` : safeText`The command:`;
    default:
      return language satisfies never;
  }
}

/** The same for users of the SageMaker Python SDK. A job of a parent is not made by them. */
function sdkSection({ facts, kind, ...mailText }: MailText): CodeSection[] {
  if (!kind || facts.parent !== undefined || facts.verdict !== "non-compliant") return [];
  const key = keyFor(facts.event, facts.suggestedKey);
  const sdk = sdkRemedyOf(kind.kind, facts.operation, mailText.findings, key);
  if (!sdk) return [];
  const code = [...(sdk.parameters === undefined ? [] : [sdk.parameters]), sdk.defaults].join("\n");
  return [{ lead: leadOfSdk(sdk), language: "text", code: ownText(code) }];
}

/** The file is the user's; it counts where the code gives no such argument. */
const leadOfSdk = ({ parameters }: SdkRemedy): SafeText =>
  safeText`SageMaker Python SDK v3: ${parameters === undefined ? "defaults in" : "the arguments, or"} ~/.config/sagemaker/config.yaml:`;

/** The sections for a mail. */
export function remedyText(mailText: MailText, width: number): SafeText {
  const sections = codeSections(mailText).map(
    ({ lead, code }) => safeText`${wrap(lead, width)}\n${ownText(code.replace(/^(?=.)/gm, "  "))}`,
  );
  return joined(sections, "\n");
}
