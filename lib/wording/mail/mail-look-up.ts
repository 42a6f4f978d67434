import { operation as rowOf } from "../../catalogue/find-operation.ts";
import { formOf, isAwsManagedByName } from "../../core/judge/key-form.ts";
import { text } from "../../core/model/member.ts";
import { shellWord } from "../../text/shell-word.ts";
import { FILL_IN, regionIn } from "../remedy/fill-in.ts";
import { awsCommand, dashCase } from "../remedy/remedy-shell.ts";
import type { MailFacts, MailText } from "./mail-text.ts";

const MAX_LOOK_UPS = 5;

/** The commands that show what Keyward could not determine: the keys that the call names, or the resource that has them. */
export function lookUpCommands({ facts, findings }: MailText): string[] {
  const region = `--region ${regionIn(facts.event)}`;
  // DescribeKey on an AWS managed alias would create that key.
  const named = findings.flatMap(({ key }) => (key !== undefined && !isAwsManagedByName(key) ? [key] : []));
  const keys = [...new Set(named)].flatMap((key) => (formOf(key) !== "unrecognised" && shellWord(key)) || []);
  return [
    ...keys
      .slice(0, MAX_LOOK_UPS)
      .map((key) =>
        awsCommand("kms describe-key", [region, `--key-id ${key}`, "--query 'KeyMetadata.[Arn,KeyManager]'"]),
      ),
    ...volumeCommand(facts, region),
    ...holderCommand(facts, region),
  ];
}

function volumeCommand({ operation, request }: MailFacts, region: string): string[] {
  const heldBy = rowOf(operation)?.heldBy;
  if (!heldBy || request === "omitted") return [];
  const volume = shellWord(text(request, heldBy.path)) ?? FILL_IN;
  return [awsCommand("ec2 describe-volumes", [`${region} --volume-ids ${volume}`, "--query 'Volumes[].KmsKeyId'"])];
}

/** The resource that the event's request refers to. */
function holderCommand({ request, references }: MailFacts, region: string): string[] {
  if (request === "omitted") return [];
  return references.slice(0, 1).flatMap(({ describe, as, at }) => {
    const name = text(request, at);
    if (name === undefined) return [];
    return [awsCommand(`sagemaker ${dashCase(describe)}`, [region, `--${dashCase(as)} ${shellWord(name) ?? FILL_IN}`])];
  });
}
