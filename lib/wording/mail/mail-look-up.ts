import { operation as rowOf } from "../../catalogue/find-operation.ts";
import { formOf, isAwsManagedByName } from "../../core/judge/key-form.ts";
import { text } from "../../core/model/member.ts";
import { ownText, type SafeText, safeText } from "../../text/safe-text.ts";
import { shellWord } from "../../text/shell-word.ts";
import { FILL_IN, regionIn } from "../remedy/fill-in.ts";
import { awsCommand, dashCase } from "../remedy/remedy-shell.ts";
import type { MailFacts, MailText } from "./mail-text.ts";

const MAX_LOOK_UPS = 5;

/** The commands that show what Keyward could not determine: the keys that the call names, or the resource that has them. */
export function lookUpCommands({ facts, findings }: MailText): SafeText[] {
  const region = safeText`--region ${regionIn(facts.event)}`;
  // DescribeKey on an AWS managed alias would create that key.
  const named = findings.flatMap(({ key }) => (key !== undefined && !isAwsManagedByName(key) ? [key] : []));
  const keys = [...new Set(named)].flatMap((key) => (formOf(key) !== "unrecognised" && shellWord(key)) || []);
  return [
    ...keys
      .slice(0, MAX_LOOK_UPS)
      .map((key) =>
        command(safeText`kms describe-key`, [
          region,
          safeText`--key-id ${key}`,
          safeText`--query 'KeyMetadata.[Arn,KeyManager]'`,
        ]),
      ),
    ...volumeCommand(facts, region),
    ...holderCommand(facts, region),
  ];
}

/** A command of words that are all safe to paste. */
const command = (words: SafeText, options: readonly SafeText[]): SafeText => ownText(awsCommand(words, options));

function volumeCommand({ operation, request }: MailFacts, region: SafeText): SafeText[] {
  const heldBy = rowOf(operation)?.heldBy;
  if (!heldBy || request === "omitted") return [];
  const volume = shellWord(text(request, heldBy.path)) ?? FILL_IN;
  const options = [safeText`${region} --volume-ids ${volume}`, safeText`--query 'Volumes[].KmsKeyId'`];
  return [command(safeText`ec2 describe-volumes`, options)];
}

/** The resource that the event's request refers to. */
function holderCommand({ request, references }: MailFacts, region: SafeText): SafeText[] {
  if (request === "omitted") return [];
  return references.slice(0, 1).flatMap(({ describe, as, at }) => {
    const name = text(request, at);
    if (name === undefined) return [];
    const option = safeText`--${ownText(dashCase(as))} ${shellWord(name) ?? FILL_IN}`;
    return [command(safeText`sagemaker ${ownText(dashCase(describe))}`, [region, option])];
  });
}
