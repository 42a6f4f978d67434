import { operation as rowOf } from "../../catalogue/find-operation.ts";
import { isBucket } from "../../catalogue/protects.ts";
import { formOf, isAwsManagedByName } from "../../core/judge/key-form.ts";
import { collect } from "../../core/model/path.ts";
import type { Code, Reason } from "../../core/model/reason.ts";
import type { SettingVerdict } from "../../core/model/types.ts";
import { shellWord, wrap } from "../../text/one-line.ts";
import { KEY_PLACEHOLDER, type Remedy, remedyOf } from "../remedy/remedy.ts";
import type { MailFacts, MailText } from "./mail-text.ts";

const MAX_LOOK_UPS = 5;
const SPLIT =
  "one endpoint configuration has one key for all its variants, and an endpoint serves one configuration. Make two of each: one for the instance types with local storage, without KmsKeyId, and one for the others, with it. Below is the second, with no variants in the request but its own.";

/** How to do it right, or how to be sure, with what is ready to paste. */
export function remedyText(mailText: MailText, width: number): string {
  const { facts, stopKind: kind } = mailText;
  const say = (text: string) => wrap(text, width);
  if (!kind) return say("This operation is newer than Keyward's catalogue: look at its key settings yourself.");
  const doubt = facts.verdict === "undetermined";
  const findings = mailText.findings.filter((finding) => holderOf(finding, facts) === undefined);
  if (findings.length === 0) return say(elsewhereText(mailText));
  const split = findings.some(({ reason }) => reason?.code === "split-needed");
  const request = facts.request === "omitted" ? {} : facts.request;
  const ofStep = facts.parent?.kind === "pipeline-execution";
  const wrong = { operation: facts.operation, request, findings, arn: facts.resource.arn, ofStep };
  const remedy = remedyOf(wrong, facts.suggestedKey);
  const title = doubt ? "If one is not, or to leave no doubt" : "How to do it right";
  const how = `${title}: ${split ? SPLIT : (bucketAdvice(findings) ?? kind.rekey)}`;
  return [
    ...(doubt ? [lookUp(mailText, say)] : []),
    say([how, ...hints(remedy, facts.suggestedKey), ...(doubt ? doubtHints(mailText) : [])].join(" ")),
    indent(remedy.code),
  ].join("\n\n");
}

/** Where a bucket is the trouble, nothing has to be made anew. */
function bucketAdvice(findings: readonly SettingVerdict[]): string | undefined {
  if (findings.some(({ reason }) => isDirectoryBucket(reason))) {
    return "name a general purpose bucket, with the key; a directory bucket takes none.";
  }
  return findings.every(isBucket)
    ? "give the bucket a default key, or name one that has it. What is written from then on is under that key; what is there already is not, until it is copied over itself."
    : undefined;
}

/** The member that names what holds a setting instead: giving the key here, too, would be refused. */
function holderOf({ path }: SettingVerdict, { operation, request }: MailFacts): string | undefined {
  const holder = rowOf(operation)?.settings.find((setting) => setting.path === path)?.elsewhere;
  return holder !== undefined && request !== "omitted" && collect(request, holder).length > 0 ? holder : undefined;
}

function elsewhereText({ facts, findings }: MailText): string {
  const holders = [...new Set(findings.flatMap((finding) => holderOf(finding, facts) ?? []))];
  if (holders.length === 0) return "What to do: look at its key settings yourself.";
  return `What to do: look whether what ${holders.join(" and ")} names has keys that the policy accepts, and if not, name one that has.`;
}

/** What the reader has to put in or leave out of a snippet. */
function hints({ language, code }: Remedy, suggestedKey: string | undefined): string[] {
  const keyless = suggestedKey === undefined && code.includes(KEY_PLACEHOLDER);
  const others = code.includes("YOUR-") && code.replaceAll(KEY_PLACEHOLDER, "").includes("YOUR-");
  return [
    ...(keyless ? [`Put your own key for ${KEY_PLACEHOLDER}.`] : []),
    ...(others ? ["Put your own values for the other YOUR-…, too."] : []),
    ...(language === "shell" && code.includes("create-notebook-instance")
      ? ["Add what else yours has: tags and code repositories are left out here."]
      : []),
  ];
}

/** Reasons that turn on whether an instance type has local storage. */
const ABOUT_STORAGE: ReadonlySet<Code> = new Set(["local-storage", "instance-type-unknown", "mixed-storage"]);

const isDirectoryBucket = (reason: Reason | undefined): boolean =>
  reason?.code === "directory-bucket" ||
  reason?.code === "output-to-directory-bucket" ||
  (reason?.code === "bucket-for-missing-key" && isDirectoryBucket(reason.bucket));

const doubtHints = ({ findings }: MailText): string[] =>
  findings.some(({ reason }) => reason !== undefined && ABOUT_STORAGE.has(reason.code))
    ? ["Instance types with local storage take no volume key: leave that line out for them."]
    : [];

/** Nothing has to be done where the key turns out to be an accepted one; KMS tells of those that were named. */
function lookUp({ facts, findings }: MailText, say: (text: string) => string): string {
  const region = shellWord(facts.event.region ?? undefined);
  // DescribeKey on an AWS managed alias would create that key.
  const named = findings.flatMap(({ key }) => (key !== undefined && !isAwsManagedByName(key) ? [key] : []));
  const keys = [...new Set(named)].flatMap((key) => (formOf(key) !== "unrecognised" && shellWord(key)) || []);
  const commands = keys
    .slice(0, MAX_LOOK_UPS)
    .map((key) =>
      [
        "aws kms describe-key",
        `--key-id ${key}`,
        ...(region ? [`--region ${region}`] : []),
        "--query 'KeyMetadata.[Arn,KeyManager]'",
      ].join(" \\\n  "),
    );
  const advice = "What to do: nothing, if you know that all of these are under a key that the policy accepts.";
  if (commands.length === 0) return say(advice);
  return [say(`${advice} To look a key up (CUSTOMER is customer managed):`), indent(commands.join("\n"))].join("\n\n");
}

const indent = (code: string): string => code.replace(/^(?=.)/gm, "  ");
