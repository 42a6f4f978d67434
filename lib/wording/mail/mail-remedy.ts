import { operation as rowOf } from "../../catalogue/find-operation.ts";
import { isBucket } from "../../catalogue/protects.ts";
import { formOf, isAwsManagedByName } from "../../core/judge/key-form.ts";
import { collect } from "../../core/model/path.ts";
import type { Code, Reason } from "../../core/model/reason.ts";
import type { SettingVerdict } from "../../core/model/types.ts";
import { wrap } from "../../text/one-line.ts";
import { shellWord } from "../../text/shell-word.ts";
import { KEY_PLACEHOLDER, type Remedy, remedyOf } from "../remedy/remedy.ts";
import type { MailFacts, MailText } from "./mail-text.ts";

const MAX_LOOK_UPS = 5;

/** The remedy, or for an undetermined verdict the way to be certain, with code that can be pasted. */
export function remedyText(mailText: MailText, width: number): string {
  const { facts, stopKind: kind } = mailText;
  const say = (text: string) => wrap(text, width);
  if (!kind) return say("This operation is newer than Keyward's catalogue: check its key settings yourself.");
  const doubt = facts.verdict === "undetermined";
  const findings = mailText.findings.filter((finding) => holderOf(finding, facts) === undefined);
  if (findings.length === 0) return say(elsewhereText(mailText));
  const request = facts.request === "omitted" ? {} : facts.request;
  const ofStep = facts.parent?.kind === "pipeline-execution";
  const wrong = { operation: facts.operation, request, findings, arn: facts.resource.arn, ofStep };
  const remedy = remedyOf(wrong, facts.suggestedKey);
  const title = doubt ? "If a key is not accepted, or to be certain" : "How to fix it";
  const how = `${title}: ${bucketAdvice(findings) ?? kind.rekey}`;
  return [
    ...(doubt ? [lookUp(mailText, say)] : []),
    say(
      [
        how,
        ...storageHints(findings),
        ...hints(remedy, facts.suggestedKey),
        ...(doubt ? doubtHints(mailText) : []),
      ].join(" "),
    ),
    indent(remedy.code),
  ].join("\n\n");
}

/** A finding about a bucket needs no new resource. */
function bucketAdvice(findings: readonly SettingVerdict[]): string | undefined {
  if (findings.some(({ reason }) => isDirectoryBucket(reason))) {
    return "use a general purpose bucket, with the key. A directory bucket accepts no key.";
  }
  return findings.every(isBucket)
    ? "set a default key on the bucket, or use a bucket that has one. Only new objects are under that key. Copy the existing objects onto themselves to put them under it too."
    : undefined;
}

/** The member that names the resource with the setting. SageMaker would refuse a key in this request too. */
function holderOf({ path }: SettingVerdict, { operation, request }: MailFacts): string | undefined {
  const holder = rowOf(operation)?.settings.find((setting) => setting.path === path)?.elsewhere;
  return holder !== undefined && request !== "omitted" && collect(request, holder).length > 0 ? holder : undefined;
}

function elsewhereText({ facts, findings }: MailText): string {
  const holders = [...new Set(findings.flatMap((finding) => holderOf(finding, facts) ?? []))];
  if (holders.length === 0) return "What to do: check its key settings yourself.";
  return `What to do: check whether the resource that ${holders.join(" and ")} names has keys that the policy accepts. If not, use a resource that has them.`;
}

/** The changes that the reader has to make in a snippet. */
function hints({ language, code }: Remedy, suggestedKey: string | undefined): string[] {
  const keyless = suggestedKey === undefined && code.includes(KEY_PLACEHOLDER);
  const others = code.includes("YOUR-") && code.replaceAll(KEY_PLACEHOLDER, "").includes("YOUR-");
  return [
    ...(keyless ? [`Replace ${KEY_PLACEHOLDER} by your own key.`] : []),
    ...(others ? ["Replace the other YOUR-… by your own values."] : []),
    ...(language === "shell" && code.includes("create-notebook-instance")
      ? ["Add your tags and code repositories: the command omits them."]
      : []),
  ];
}

/** Reasons that depend on the local storage of an instance type. */
const ABOUT_STORAGE: ReadonlySet<Code> = new Set(["local-storage", "instance-type-unknown", "mixed-storage"]);

/** The effect of the key where the instance types differ. */
function storageHints(findings: readonly SettingVerdict[]): string[] {
  const is = (code: Code) => findings.some(({ reason }) => reason?.code === code);
  return [
    ...(is("key-for-ebs-variants")
      ? ["One key serves all variants. It does not encrypt local storage, which its own hardware encrypts."]
      : []),
    ...(is("instance-type-alternatives")
      ? ["Name only instance types that take a key, with the key, or only ones with local storage, without it."]
      : []),
  ];
}

const isDirectoryBucket = (reason: Reason | undefined): boolean =>
  reason?.code === "directory-bucket" ||
  reason?.code === "output-to-directory-bucket" ||
  (reason?.code === "bucket-for-missing-key" && isDirectoryBucket(reason.bucket));

const doubtHints = ({ findings }: MailText): string[] =>
  findings.some(({ reason }) => reason !== undefined && ABOUT_STORAGE.has(reason.code))
    ? ["Instance types with local storage accept no volume key: remove that line for them."]
    : [];

/** Nothing has to be done if the key is accepted. DescribeKey returns the facts of the keys that the call names. */
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
  const advice = "What to do: nothing, if you know that all of this data is under a key that the policy accepts.";
  if (commands.length === 0) return say(advice);
  return [say(`${advice} To look a key up (CUSTOMER is customer managed):`), indent(commands.join("\n"))].join("\n\n");
}

const indent = (code: string): string => code.replace(/^(?=.)/gm, "  ");
