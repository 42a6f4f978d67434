import { basename } from "node:path";
import type { Json, JsonObject } from "../../core/model/json.ts";
import { isObject, text } from "../../core/model/member.ts";
import type { DocumentPath } from "../model/document-path.ts";
import type { FileForm, FormInput } from "../model/form.ts";
import type { CheckSubject } from "../model/subject.ts";
import { requestOfSpec, settingInDefinition, settingInSpec } from "./spec.ts";

const SAGEMAKER = "sagemaker.services.k8s.aws/";
const KMS = "kms.services.k8s.aws/";

/** A manifest of ACK's controller for SageMaker. A file may have several, as YAML documents or in a List. */
export const ackManifest: FileForm = {
  description: "a Kubernetes manifest of ACK's SageMaker controller (apiVersion sagemaker.services.k8s.aws)",
  // The templates of a Helm chart are no YAML.
  isIntended: ({ text }) => text.includes(SAGEMAKER) && !text.includes("{{"),
  read: (input) => {
    const manifests = manifestsIn(input.document, []);
    if (!manifests.some(({ manifest }) => isOf(SAGEMAKER, manifest))) return { is: "other-form" };
    return { is: "subjects", subjects: manifests.flatMap((one) => subjectsOf(one, input)) };
  },
};

interface Manifest {
  readonly manifest: JsonObject;
  readonly at: DocumentPath;
}

function manifestsIn(document: Json, at: DocumentPath): Manifest[] {
  if (!isObject(document) || typeof document.apiVersion !== "string") return [];
  if (document.kind !== "List" || !Array.isArray(document.items)) return [{ manifest: document, at }];
  return document.items.flatMap((one: Json, i) => manifestsIn(one, [...at, "items", i]));
}

const isOf = (group: string, { apiVersion }: JsonObject): boolean =>
  typeof apiVersion === "string" && apiVersion.startsWith(group);

/** The kinds whose operation is not `Create` and the kind (ACK's generator.yaml). */
const OPERATIONS: Readonly<Record<string, string>> = { PipelineExecution: "StartPipelineExecution" };

function subjectsOf({ manifest, at }: Manifest, input: FormInput): CheckSubject[] {
  const kind = text(manifest, "kind");
  if (!isOf(SAGEMAKER, manifest) || kind === undefined || isAdopted(manifest)) return [];
  const operation = Object.hasOwn(OPERATIONS, kind) ? (OPERATIONS[kind] ?? "") : `Create${kind}`;
  const spec = isObject(manifest.spec) ? manifest.spec : {};
  const metadata = isObject(manifest.metadata) ? manifest.metadata : {};
  const name = text(metadata, "name") ?? text(metadata, "generateName") ?? "";
  return [
    {
      name,
      type: `${kind} of ACK`,
      at,
      place: `${basename(input.file)} ${kind}/${name}`,
      operation,
      requests: [
        {
          under: [],
          ...requestOfSpec(spec, operation, keysIn(input)),
          settingAt: (path) => {
            const setting = kind === "Pipeline" ? settingInDefinition(path) : settingInSpec(path, spec, operation);
            return { ...setting, at: [...at, ...setting.at] };
          },
        },
      ],
    },
  ];
}

/** With this annotation the controller takes over a resource that exists (ACK, "Adopted resources"). */
const isAdopted = ({ metadata }: JsonObject): boolean => {
  const annotations = isObject(metadata) && isObject(metadata.annotations) ? metadata.annotations : {};
  return annotations["services.k8s.aws/adoption-policy"] === "adopt";
};

/** The names of the keys that manifests of the same file create. */
const keysIn = ({ documents }: FormInput): ReadonlySet<string> =>
  new Set(
    documents
      .flatMap((document) => manifestsIn(document, []))
      .filter(({ manifest }) => isOf(KMS, manifest) && manifest.kind === "Key" && !isAdopted(manifest))
      .flatMap(({ manifest }) => (isObject(manifest.metadata) ? (text(manifest.metadata, "name") ?? []) : [])),
  );
