import { basename } from "node:path";
import { requiredByDefault } from "../../catalogue/protects.ts";
import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject } from "../../core/model/member.ts";
import { putAt, valueAt } from "../../defaults/put-at.ts";
import { requiredSettings } from "../../defaults/required-settings.ts";
import { type LeftOut, type SdkMember, sdkMembers } from "../../defaults/sdk-members.ts";
import { membersOf, type SdkSection, sdkSections } from "../../defaults/sdk-sections.ts";
import { documentPathOf } from "../model/document-path.ts";
import type { FileForm, FormInput, FormReading, Uncovered } from "../model/form.ts";
import { type CheckSubject, onlyRequest, type SettingPlace } from "../model/subject.ts";

/** The defaults of the SageMaker Python SDK (its config.yaml, schema version 1.0). */
export const sdkConfig: FileForm = {
  description: "a config.yaml of the SageMaker Python SDK (with SchemaVersion and SageMaker)",
  isIntended: ({ text }) => /^\s*["']?SchemaVersion["']?\s*:/m.test(text) && /^\s*["']?SageMaker["']?\s*:/m.test(text),
  read: (input) => (isConfig(input.document) ? readConfig(input, input.document.SageMaker) : { is: "other-form" }),
};

const isConfig = (document: Json): document is { readonly SchemaVersion: Json; readonly SageMaker: JsonObject } =>
  isObject(document) && Object.hasOwn(document, "SchemaVersion") && isObject(document.SageMaker);

/** Each section that the file has is judged as the request that the SDK makes with it. */
function readConfig({ file }: FormInput, config: JsonObject): FormReading {
  const subjects = sdkSections
    .filter(({ section }) => valueAt(config, section) !== undefined)
    .map((section) => toSubject(basename(file), section, config));
  if (subjects.length > 0) return { is: "subjects", subjects, uncovered: uncoveredBy(config) };
  return { is: "not-judged", message: "nothing that can be judged; it sets no default of a kind that takes a key" };
}

/** The settings that need a key by default, and that no member of the file fills. */
const uncoveredBy = (config: JsonObject): Uncovered[] =>
  requiredSettings(requiredByDefault).flatMap(({ operation, settings }) => {
    const all = [...new Set(settings.map(({ path }) => path))];
    const paths = all.filter((path) => !sdkMembers.some((one) => fills(one, operation, path, config)));
    return paths.length === 0 ? [] : [{ operation, paths, isWhole: paths.length === all.length }];
  });

const fills = (one: SdkMember, operation: string, path: string, config: JsonObject): boolean =>
  one.operation === operation &&
  one.path === path &&
  one.only === undefined &&
  valueAt(config, one.config) !== undefined;

function toSubject(name: string, section: SdkSection, config: JsonObject): CheckSubject {
  const members = membersOf(section).filter((one) => !one.leftOut || valueAt(config, one.config) !== undefined);
  return {
    name: section.section,
    type: `defaults for ${section.operation}`,
    at: ["SageMaker", ...section.section.split(".")],
    place: `${name} SageMaker.${section.section}`,
    judges: (path) => members.some((one) => one.path === patternOf(path)),
    operation: section.operation,
    requests: onlyRequest(requestOf(section.operation, members, config), settingIn(members, section)),
  };
}

/** The request with the defaults, where its author gives everything but the keys. */
const requestOf = (operation: string, members: readonly SdkMember[], config: JsonObject): JsonObject =>
  members.reduce<JsonObject>((made, { config: from, path, leftOut }) => {
    const value = valueAt(config, from);
    if (value === undefined) return made;
    return putAt(leftOut === undefined ? made : putAt(made, TURNED_ON[leftOut], true), path, value);
  }, AUTHORS[operation] ?? {});

/** What the SDK turns on because the file has a member. */
const TURNED_ON: Readonly<Record<LeftOut, string>> = { "turns-on-online-store": "OnlineStoreConfig.EnableOnlineStore" };

const MACHINE = { InstanceType: "ml.m5.xlarge" } as const;
const TRANSFORM = { TransformOutput: {}, TransformResources: MACHINE } as const;

/** What an author gives, so that every default of the section counts: an instance type with a volume, an output, a store. */
const AUTHORS: Readonly<Record<string, JsonObject>> = {
  CreateTrainingJob: { OutputDataConfig: {}, ResourceConfig: MACHINE },
  CreateProcessingJob: {
    ProcessingOutputConfig: { Outputs: [{ S3Output: {} }] },
    ProcessingResources: { ClusterConfig: MACHINE },
  },
  CreateTransformJob: { ...TRANSFORM, DataCaptureConfig: {} },
  CreateMonitoringSchedule: {
    MonitoringScheduleConfig: { MonitoringJobDefinition: { MonitoringResources: { ClusterConfig: MACHINE } } },
  },
  CreateEndpointConfig: { ProductionVariants: [MACHINE], DataCaptureConfig: {}, AsyncInferenceConfig: {} },
  CreateFeatureGroup: { OfflineStoreConfig: {} },
  CreateModelPackage: {
    ValidationSpecification: { ValidationProfiles: [{ TransformJobDefinition: TRANSFORM }] },
  },
};

/** The catalogue's path of a setting: without the indexes of its lists. */
const patternOf = (path: string): string => path.replace(/\[\d*\]/g, "[]");

/** A setting's place in the file: where its value is, or would be. */
const settingIn =
  (members: readonly SdkMember[], { section }: SdkSection) =>
  (path: string): SettingPlace => {
    const member = members.find((one) => one.path === patternOf(path));
    const attribute = `SageMaker.${member?.config ?? section}`;
    return { at: documentPathOf(attribute.replaceAll("[]", "[0]")), attribute };
  };
