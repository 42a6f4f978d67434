import { serviceOf } from "../../catalogue/services.ts";
import { wrap } from "../../text/one-line.ts";
import { FILL_IN } from "../remedy/fill-in.ts";
import { keyFor, type Remedy, remedyOf } from "../remedy/remedy.ts";
import { type SdkRemedy, sdkRemedyOf } from "../remedy/remedy-sdk.ts";
import { findingsToFix, hintsOf, howToFix, lowerFirst, rekeyOf } from "./mail-advice.ts";
import { lookUpCommands } from "./mail-look-up.ts";
import type { MailText } from "./mail-text.ts";

/** The code of a mail, with the sentences before it. */
export interface CodeSection {
  readonly lead: string;
  readonly language: Remedy["language"];
  readonly code: string;
}

/** The remedy, or for an undetermined verdict the way to be certain, with code that can be pasted. */
export function codeSections(mailText: MailText): CodeSection[] {
  const { facts, stopKind: kind } = mailText;
  const findings = findingsToFix(mailText);
  if (!kind || findings.length === 0) return [];
  const commands = facts.verdict === "undetermined" ? lookUpCommands(mailText) : [];
  const looks = commands.length > 0 ? [{ lead: leadOfLookUps(commands), ...shell(commands.join("\n")) }] : [];
  // Where the holder of the settings is not known, there is nothing to correct yet.
  if (looks.length > 0 && facts.references.length > 0) return looks;
  const remedy = remedyOf(wrongOf(mailText), facts.suggestedKey);
  if (remedy === undefined) return looks;
  const how =
    facts.verdict === "undetermined"
      ? [`If a key is not accepted: ${lowerFirst(howToFix(findings, rekeyOf(mailText)))}`]
      : [];
  const lead = [...how, ...hintsOf(mailText, findings), leadOf(remedy)].join(" ");
  return [...looks, { lead, ...remedy }, ...sdkSection(mailText)];
}

const shell = (code: string) => ({ language: "shell", code }) as const;

const leadOfLookUps = (commands: readonly string[]): string =>
  commands.some((command) => command.includes("describe-key"))
    ? "To look a key up (CUSTOMER is customer managed):"
    : "To see its key settings:";

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
function leadOf({ language, code }: Remedy): string {
  const isOpen = code.includes(FILL_IN);
  switch (language) {
    case "text":
      return `The settings${isOpen ? ` (replace each ${FILL_IN})` : ""}:`;
    case "python":
      return `The code is a template: replace each ${FILL_IN}.`;
    case "shell":
      return isOpen ? `Replace each ${FILL_IN}:` : "The command:";
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
  return [{ lead: leadOfSdk(sdk), language: "text", code }];
}

/** The file is the user's; it counts where the code gives no such argument. */
const leadOfSdk = ({ parameters }: SdkRemedy): string =>
  `SageMaker Python SDK v3: ${parameters === undefined ? "defaults in" : "the arguments, or"} ~/.config/sagemaker/config.yaml:`;

/** The sections for a mail. */
export function remedyText(mailText: MailText, width: number): string {
  return codeSections(mailText)
    .map(({ lead, code }) => `${wrap(lead, width)}\n${code.replace(/^(?=.)/gm, "  ")}`)
    .join("\n");
}
