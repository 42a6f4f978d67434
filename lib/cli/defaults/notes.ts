import type { Coverage, Limit } from "../../defaults/coverage.ts";
import type { SdkVersion, SideEffect } from "../../defaults/sdk-members.ts";
import type { StudioOperation } from "../../defaults/targets.ts";
import { fold, heading } from "../terminal/layout.ts";

const LIMITS: Readonly<Record<Limit, string>> = {
  estimator:
    "an Estimator's jobs always; a ModelTrainer's only if its author gives no output_data_config (for the output's key) or no compute (for the volume's), and never the flag",
  "whole-object":
    "only if the author gives no output_data_config (for the output's key) or no compute (for the volume's) at all",
  "plain-deployment": "a ModelBuilder's endpoints, except for recommendations, customized models and Nova models",
  jumpstart: "only for JumpStart's models",
  "turns-on-online-store": "left out: with it, the SDK would turn on the online store of every feature group",
};

const EFFECTS: Readonly<Record<SideEffect, string>> = {
  "local-storage":
    "The SDK adds the volume's key on instance types with local storage too (ml.g5, ml.p4d, …), and SageMaker refuses such a call. Remove these lines if your teams use such types here:",
  "offline-store-without-location":
    "The SDK sends the key for feature groups without an offline store too, without a location, and SageMaker refuses such a call:",
};

/** Per operation what a document reaches only in part, what others reach, and what no default reaches. */
export function showGaps(coverage: readonly Coverage[]): string {
  const partly = coverage.filter(({ reached }) => reached === "partly");
  const byOthers = coverage.filter(({ elsewhere = [] }) => elsewhere.length > 0);
  const byNone = coverage.filter(({ elsewhere }) => elsewhere?.length === 0);
  return [
    section("Reached in part", showOperations(partly)),
    section("Not reached by this document, but by another", showOthers(byOthers)),
    section(
      `Reached by no default: ${byNone.length} of the ${coverage.length} settings that the policy requires`,
      showOperations(byNone),
    ),
  ]
    .filter((text) => text !== "")
    .join("\n\n");
}

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? "" : [heading(title), "", ...lines].join("\n");

/** One line for each other document, with the operations that it reaches. */
function showOthers(coverage: readonly Coverage[]): string[] {
  const documents = [...new Set(coverage.flatMap(({ elsewhere = [] }) => elsewhere))].sort();
  return documents.map((one) => {
    const reached = coverage.filter(({ elsewhere = [] }) => elsewhere.includes(one));
    return fold(`${one}: ${[...new Set(reached.map(({ operation }) => operation))].join(", ")}`, 2, 6);
  });
}

/** One line an operation for each reason. */
function showOperations(coverage: readonly Coverage[]): string[] {
  const groups = new Map<string, Coverage[]>();
  for (const one of coverage) {
    const id = `${one.operation} ${one.because}`;
    groups.set(id, [...(groups.get(id) ?? []), one]);
  }
  return [...groups.values()].map((group) => {
    const { operation, because } = group[0] as Coverage;
    const paths = [...new Set(group.map(({ path }) => path))].join(", ");
    return fold(`${operation}: ${paths}${because === undefined ? "" : ` (${LIMITS[because]})`}`, 2, 6);
  });
}

/** The side effects of a file's members: `effect`, and the paths in the file that have it. */
export function showEffects(members: readonly { readonly config: string; readonly effect?: SideEffect }[]): string {
  const effects = [...new Set(members.flatMap(({ effect }) => effect ?? []))];
  const lines = effects.flatMap((effect) => {
    const paths = new Set(members.filter((one) => one.effect === effect).map(({ config }) => config));
    return [fold(EFFECTS[effect], 2), ...[...paths].map((path) => fold(path, 6, 8))];
  });
  return section("Side effects", lines);
}

const SDK_FILE = "/etc/xdg/sagemaker/config.yaml";

const INSTALL: Readonly<Record<SdkVersion, string>> = {
  v2: `Put it at ${SDK_FILE}, for everybody on a machine, or where SAGEMAKER_ADMIN_CONFIG_OVERRIDE names it: a path or s3://…. "keyward defaults lifecycle" installs it in Studio and on notebook instances.`,
  v3: `Put it at ${SDK_FILE}, or where SAGEMAKER_ADMIN_CONFIG_OVERRIDE names it. Version 3 gives its jobs fewer keys than version 2: a role's policy or an SCP has to do the rest.`,
};

/** Where the SDK's file belongs. */
export const sdkUse = (version: SdkVersion): string => fold(INSTALL[version], 2);

const ON_THE_COMMAND_LINE: Readonly<Record<StudioOperation, string>> = {
  CreateDomain: "create-domain --cli-input-json file://create-domain.json --domain-name NAME --auth-mode IAM",
  UpdateDomain: "update-domain --cli-input-json file://update-domain.json --domain-id ID",
  CreateUserProfile:
    "create-user-profile --cli-input-json file://create-user-profile.json --domain-id ID --user-profile-name NAME",
  UpdateUserProfile:
    "update-user-profile --cli-input-json file://update-user-profile.json --domain-id ID --user-profile-name NAME",
};

/** How the AWS CLI takes a Studio request. */
export const studioUse = (operation: StudioOperation): string =>
  [
    `  aws sagemaker ${ON_THE_COMMAND_LINE[operation]}`,
    fold(
      "Add to the settings in the file the others that you want or have (describe-domain and describe-user-profile show them): the command line cannot add to a member that the file has. Spaces take no key of their own: their volumes are under the domain's key, which only CreateDomain can set.",
      2,
    ),
  ].join("\n");

/** How Studio and notebook instances take the script. */
export const lifecycleUse = (): string =>
  [
    "  aws sagemaker create-studio-lifecycle-config --studio-lifecycle-config-name keyward-defaults \\",
    "    --studio-lifecycle-config-app-type JupyterLab \\",
    "    --studio-lifecycle-config-content \"$(base64 <defaults.sh | tr -d '\\n')\"",
    fold(
      "Then attach it to the domain, or give the script to a notebook instance as its start script. On a failure it says what to do and ends with 1, and the app or the notebook does not start.",
      2,
    ),
  ].join("\n");
