import type { JsonObject } from "../../core/model/json.ts";
import { isObject, member, scalar, text } from "../../core/model/member.ts";
import { collect } from "../../core/model/path.ts";
import { shellWord } from "../../text/shell-word.ts";
import { FILL_IN, newName, type Place, regionIn, roleToFillIn } from "./fill-in.ts";
import { awsCommand, dashCase } from "./remedy-shell.ts";

/** The members of a notebook's request with their values. The values of all others are filled in by the reader. */
const COPIED: ReadonlySet<string> = new Set([
  "InstanceType",
  "RoleArn",
  "SubnetId",
  "SecurityGroupIds",
  "DirectInternetAccess",
  "RootAccess",
  "VolumeSizeInGB",
  "LifecycleConfigName",
  "PlatformIdentifier",
  "IpAddressType",
  "AcceleratorTypes",
]);
/** Members whose values may be secrets or somebody's words: a repository's URL can have a password in it. */
const WITHHELD: Readonly<Record<string, string>> = {
  DefaultCodeRepository: FILL_IN,
  AdditionalCodeRepositories: FILL_IN,
  Tags: `Key=${FILL_IN},Value=${FILL_IN}`,
};
const VERSION = "MinimumInstanceMetadataServiceVersion";

/** Creates the notebook again with the key and with every member that its request had. */
export function notebookCommand(request: JsonObject, key: string, place: Place): string {
  if (text(request, "InstanceType") === undefined) return unknownNotebook(request, key, place);
  return awsCommand("sagemaker create-notebook-instance", [
    `--region ${regionIn(place)}`,
    `--notebook-instance-name ${newName(text(request, "NotebookInstanceName"))}`,
    `--kms-key-id ${key}`,
    ...[...COPIED].flatMap((name) => option(request, name)),
    ...Object.entries(WITHHELD).flatMap(([name, value]) => (isGiven(request, name) ? [`${flag(name)} ${value}`] : [])),
    ...metadataService(request),
  ]);
}

/** The event has only the notebook's name: the first command shows the rest. */
function unknownNotebook(request: JsonObject, key: string, place: Place): string {
  const name = text(request, "NotebookInstanceName");
  const region = `--region ${regionIn(place)}`;
  return [
    awsCommand("sagemaker describe-notebook-instance", [
      region,
      `--notebook-instance-name ${shellWord(name) ?? FILL_IN}`,
    ]),
    awsCommand("sagemaker create-notebook-instance", [
      region,
      `--notebook-instance-name ${newName(name)}`,
      `--kms-key-id ${key}`,
      `--instance-type ${FILL_IN} --role-arn ${roleToFillIn(place)}`,
    ]),
  ].join("\n");
}

function option(request: JsonObject, name: string): string[] {
  const given = member(request, name);
  const values = Array.isArray(given) ? collect(request, `${name}[]`) : collect(request, name);
  const words = values.map(({ value }) => shellWord(scalar(value)) ?? FILL_IN);
  return words.length > 0 ? [`${flag(name)} ${words.join(" ")}`] : [];
}

function metadataService(request: JsonObject): string[] {
  const given = member(request, "InstanceMetadataServiceConfiguration");
  if (!isObject(given)) return [];
  const version = /^[12]$/.exec(scalar(member(given, VERSION)) ?? "")?.[0] ?? FILL_IN;
  return [`--instance-metadata-service-configuration ${VERSION}=${version}`];
}

const isGiven = (request: JsonObject, name: string): boolean => {
  const value = member(request, name);
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
};

const flag = (name: string): string => `--${dashCase(name)}`;
