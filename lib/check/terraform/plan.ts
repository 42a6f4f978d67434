import { operation as rowOf } from "../../catalogue/find-operation.ts";
import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject, text } from "../../core/model/member.ts";
import { asRequest } from "../cloudformation/as-request.ts";
import { type DocumentPath, settingsFrom } from "../model/document-path.ts";
import type { FileForm, FormInput, FormReading } from "../model/form.ts";
import type { CheckSubject, FileKey, SettingPlace } from "../model/subject.ts";
import { heldSubjects, holderType } from "./calls.ts";
import { sourceOf } from "./configuration.ts";
import { knownKeysIn } from "./known-keys.ts";
import { listsOf } from "./lists.ts";
import { requestOf } from "./request.ts";
import { changesIn, resourcesIn, type TerraformResource } from "./resources.ts";
import { settingIn } from "./setting-in.ts";
import { type TerraformType, terraformType } from "./types.ts";

/** The output of `terraform show -json`, or OpenTofu's, of a plan or a state. */
export const terraformPlan: FileForm = {
  description: "a Terraform plan or state (the output of terraform show -json)",
  isIntended: ({ text }) => text.includes('"terraform_version"'),
  instead: ({ file, text }) => (SOURCES.test(file) || text.startsWith(ZIP) ? PLAN_INSTEAD : undefined),
  read: (input) => (isTerraform(input.document) ? readTerraform(input.document, input) : { is: "other-form" }),
};

const SOURCES = /\.(tf|tofu|tfvars|tfplan|tfstate)(\.json)?$/;
/** A saved plan is a zip file. */
const ZIP = "PK\u0003\u0004";
const PLAN_INSTEAD =
  "Terraform's own files are not read; give a plan: terraform plan -out p && terraform show -json p > plan.json";

const isTerraform = (document: Json): document is JsonObject =>
  isObject(document) &&
  typeof document.format_version === "string" &&
  ["resource_changes", "planned_values", "values", "terraform_version"].some((name) => Object.hasOwn(document, name));

/** The versions that are read. A higher first number is not compatible (Terraform, "JSON Output Format"). */
const VERSIONS = /^[01]\./;

function readTerraform(document: JsonObject, { unchanged }: FormInput): FormReading {
  const version = text(document, "format_version") ?? "";
  if (!VERSIONS.test(version)) {
    return {
      is: "fault",
      message: `a Terraform file of format version ${version.slice(0, 20)}; Keyward reads 0 and 1`,
    };
  }
  if (document.errored === true) {
    return { is: "fault", message: "the plan ended with errors, so it lacks resources; correct them and plan again" };
  }
  const isPlan = Object.hasOwn(document, "resource_changes") || Object.hasOwn(document, "planned_values");
  const resources = isPlan
    ? changesIn(document).filter(
        ({ does }) => does === "create" || does === "change" || (unchanged && does === "nothing"),
      )
    : resourcesIn(document.values, ["values"]);
  const keys = knownKeysIn(document);
  const found = resources.flatMap((resource) => subjectsOf(resource, document, keys));
  return {
    is: "subjects",
    subjects: found.flatMap(({ subjects }) => subjects),
    unread: found.flatMap(({ unread = [] }) => unread),
  };
}

type Found = Pick<Extract<FormReading, { is: "subjects" }>, "subjects" | "unread">;

function subjectsOf(resource: TerraformResource, plan: JsonObject, keys: ReadonlyMap<string, FileKey>): Found[] {
  if (resource.isData) return [];
  const type = terraformType(resource.type);
  if (type) return [{ subjects: [toSubject(resource, type, plan, keys)] }];
  const row = holderType(resource.type);
  if (!row) return [];
  const made = madeOf(resource, row, new Set(), plan);
  const { subjects, isUnread } = heldSubjects({ resource, row, made, keys });
  const { address, at } = resource;
  return [{ subjects, unread: isUnread ? [{ place: address, at: at.slice(0, 2) }] : [] }];
}

const madeOf = (
  { address, values, unknown }: TerraformResource,
  type: TerraformType,
  lists: ReadonlySet<string>,
  plan: JsonObject,
) => requestOf({ type, lists, values, unknown, sourceOf: (attribute) => sourceOf(plan, address, attribute) });

function toSubject(
  resource: TerraformResource,
  type: TerraformType,
  plan: JsonObject,
  keys: ReadonlyMap<string, FileKey>,
): CheckSubject {
  const { address, values, at } = resource;
  const row = rowOf(type.operation);
  const { createdKeys, texts, ...made } = madeOf(resource, type, row ? listsOf(row) : new Set(), plan);
  const { request, unresolvedPlaces } = type.cloudFormation
    ? asRequest(made.request, made.unresolvedPlaces, type.cloudFormation)
    : made;
  const named = [...texts].flatMap((name) => {
    const key = keys.get(name);
    return key ? [[name, key] as const] : [];
  });
  const created = [...createdKeys].map(([name, written]): [string, FileKey] => [name, { written, by: "created" }]);
  return {
    name: address,
    type: resource.type,
    at: at.slice(0, 2),
    place: address,
    operation: type.operation,
    requests: [
      {
        under: [],
        request: row && !Object.hasOwn(request, row.name) ? { ...request, ...nameOf(row.name, values) } : request,
        unresolvedPlaces,
        ownKeys: new Map([...created, ...named]),
        settingAt: (path) =>
          type.settingsIn ? inText(path, at, type.settingsIn) : settingIn(path, { type, values, at }),
      },
    ],
  };
}

/** A setting in the text of an attribute. */
const inText = (path: string, at: DocumentPath, attribute: readonly string[]): SettingPlace => ({
  ...settingsFrom([...at, ...attribute])(path),
  attribute: [...attribute, path].join("."),
});

/** Most types call the name that the API has as `NotebookInstanceName` simply `name`. */
const nameOf = (member: string, values: JsonObject): JsonObject => {
  const name = text(values, "name");
  return name === undefined ? {} : { [member]: name };
};
