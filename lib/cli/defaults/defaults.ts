import { parseArgs } from "node:util";
import { checkKey } from "../../defaults/check-key.ts";
import { type Coverage, coverageOf, versionOf } from "../../defaults/coverage.ts";
import { lifecycleScript } from "../../defaults/lifecycle-script.ts";
import { givenMembers, sdkConfigText } from "../../defaults/sdk-config.ts";
import { studioRequest } from "../../defaults/studio-request.ts";
import { STUDIO_OPERATIONS, type StudioOperation, TARGETS, type Target } from "../../defaults/targets.ts";
import type { Policy } from "../../policy/schema.ts";
import { say } from "../../wording/reasons/say.ts";
import { choice } from "../input/choice.ts";
import type { Operands, Options } from "../input/command.ts";
import { FLAG, POLICY } from "../input/common-options.ts";
import { policyFrom } from "../input/policy-from.ts";
import { CliError, EXIT } from "../terminal/cli-error.ts";
import { complain, print } from "../terminal/terminal.ts";
import { lifecycleUse, sdkUse, showEffects, showGaps, studioUse } from "./notes.ts";

export const usage = `Usage: keyward defaults TARGET --key ARN [options]

Prints one document that gives jobs a KMS key without their authors doing anything.
Standard error says where it belongs, and per operation what it does not reach. TARGET:

  sdk-v2      config.yaml of the SageMaker Python SDK, version 2
  sdk-v3      the same for version 3, which reads less of it
  studio      the keys of a Studio domain or user profile, for --cli-input-json
  lifecycle   a lifecycle configuration that installs the SDK's file, a shell script

  --key ARN          the key: the ARN of a key or an alias. Its Region is the one that
                     the document is for
  --policy FILE      the policy that must accept the key, and that says which data
                     needs one (default: policy.yaml)
  --operation NAME   for studio, the request: CreateDomain (default), UpdateDomain,
                     CreateUserProfile or UpdateUserProfile
  --json             instead of the document, one line of JSON for each setting: whether
                     the document reaches it, and from where

Exit codes: 0 fine, 2 a wrong option, or a key that is not accepted.`;

export const options = {
  key: { type: "string" },
  policy: POLICY,
  operation: { type: "string", values: STUDIO_OPERATIONS },
  json: FLAG,
} as const satisfies Options;

export const operands: Operands = { words: TARGETS };

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const target = targetOf(positionals);
  const studio = studioOf(target, values.operation);
  if (values.key === undefined) throw new CliError("give the key with --key ARN; see keyward defaults --help");
  const policy = await policyFrom(values.policy);
  const region = regionOf(values.key, policy);
  const coverage = coverageOf(target, studio, policy);
  if (values.json) {
    for (const one of coverage) print(JSON.stringify(one));
    return EXIT.fine;
  }
  print(documentOf(target, studio, values.key, region, policy));
  process.stderr.write(`${notes(target, studio, region, policy, coverage)}\n`);
  return EXIT.fine;
}

/** Where the document belongs, what to know of it, and what it does not reach. */
function notes(
  target: Target,
  studio: StudioOperation,
  region: string,
  policy: Policy,
  coverage: readonly Coverage[],
): string {
  const effects = target === "studio" ? "" : showEffects(givenMembers(versionOf(target), policy));
  const use =
    target === "studio" ? studioUse(studio) : target === "lifecycle" ? lifecycleUse() : sdkUse(versionOf(target));
  return [`  For ${region} only.`, use, effects, showGaps(coverage)].filter(Boolean).join("\n\n");
}

function targetOf([named, more]: readonly string[]): Target {
  if (named === undefined || more !== undefined) {
    throw new CliError(`name one document: ${TARGETS.join(", ")}; see keyward defaults --help`);
  }
  return choice("defaults", named, TARGETS);
}

function studioOf(target: Target, named: string | undefined): StudioOperation {
  if (named === undefined) return STUDIO_OPERATIONS[0];
  if (target !== "studio") throw new CliError(`--operation is for studio; ${target} has no request`);
  return choice("--operation", named, STUDIO_OPERATIONS);
}

/** The Region of the key. Throws a CliError if the key cannot be a default. */
function regionOf(key: string, policy: Policy): string {
  const check = checkKey(key, policy);
  switch (check.is) {
    case "usable":
      if (check.open)
        complain("the key is not looked up; the judge of each call also looks at its manager and its state");
      return check.region;
    case "no-arn":
      throw new CliError(
        `--key ${key} is not the ARN of a KMS key or alias, such as arn:aws:kms:eu-west-1:111122223333:key/ID; other names mean another key in each account and Region`,
      );
    case "aws-managed":
      throw new CliError(`--key ${key} is a key that AWS manages; give a key of your own`);
    case "refused":
      throw new CliError(`--key ${key} is not accepted by the policy: ${say(check.reason)}`);
    default:
      return check satisfies never;
  }
}

function documentOf(target: Target, studio: StudioOperation, key: string, region: string, policy: Policy): string {
  switch (target) {
    case "studio":
      return JSON.stringify(studioRequest(key, studio, policy), null, 2);
    case "lifecycle":
      return lifecycleScript(key, region, policy).trimEnd();
    case "sdk-v2":
    case "sdk-v3":
      return sdkConfigText(key, versionOf(target), policy).trimEnd();
    default:
      return target satisfies never;
  }
}
