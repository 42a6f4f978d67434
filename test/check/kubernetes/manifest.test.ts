import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { operation as rowOf } from "../../../lib/catalogue/find-operation.ts";
import { ackName, settingInSpec } from "../../../lib/check/kubernetes/spec.ts";
import { apiName } from "../../../lib/check/kubernetes/spelling.ts";
import type { Json, JsonObject } from "../../../lib/core/model/json.ts";
import { isObject } from "../../../lib/core/model/member.ts";
import { say } from "../../../lib/wording/reasons/say.ts";
import { policyOf } from "../../support/build.ts";
import { checkText, resourcesIn } from "../check-text.ts";
import { requestsOf, summaryOf } from "../event-requests.ts";

/** The members for keys and encryption in traffic of each kind: ACK's SageMaker controller, config/crd/bases. */
const CRD_KEYS: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync("test/check/kubernetes/crd-keys.json", "utf8"),
);

const POLICY = policyOf({ keys: { accept: "customer-managed", allow: ["alias/ml"] } });

const manifest = (kind: string, spec: object, metadata: object = { name: "x" }) => ({
  apiVersion: "sagemaker.services.k8s.aws/v1alpha1",
  kind,
  metadata,
  spec,
});
const notebook = (spec: object, metadata?: object) =>
  manifest("NotebookInstance", { notebookInstanceName: "x", ...spec }, metadata);
const yaml = (...documents: object[]): string => documents.map((one) => `---\n${JSON.stringify(one)}\n`).join("");

/** Every setting that is not accepted, as `place attribute is @line: because`. */
const settingsIn = (content: unknown, file = "jobs.yaml"): string[] =>
  resourcesIn(content, { file, policy: POLICY }).flatMap(({ subject, settings }) =>
    settings.flatMap(({ attribute, is, line, reason }) =>
      is === "accepted" || is === "not-applicable"
        ? []
        : [`${subject.place} ${attribute} ${is} @${line}${is === "undetermined" && reason ? `: ${say(reason)}` : ""}`],
    ),
  );

const inApi = (path: string, operation: string): string => path.replace(/\w+/g, (member) => apiName(member, operation));

describe("the spelling of ACK's members", () => {
  it.each(Object.entries(CRD_KEYS))(
    "%s: each key is a setting of the catalogue, and has its own name",
    (kind, paths) => {
      const operation = `Create${kind}`;
      const known = new Set<string>(rowOf(operation)?.settings.map(({ path }) => path));
      expect(paths.filter((path) => !known.has(inApi(path, operation)))).toEqual([]);
      for (const path of paths) {
        const { attribute } = settingInSpec(inApi(path, operation).replaceAll("[]", "[0]"), {}, operation);
        expect(attribute).toBe(`spec.${path.replaceAll("[]", "[0]")}`);
      }
    },
  );
});

/** A request in ACK's spelling. */
function specOf(value: Json): Json {
  if (Array.isArray(value)) return value.map(specOf);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [ackName(name), specOf(inner)]));
}

describe("parity: a manifest has the findings of the request that it makes", () => {
  it.each(Object.keys(CRD_KEYS))("%s", (kind) => {
    const requests = requestsOf(`Create${kind}`);
    expect(requests.length).toBeGreaterThan(1);
    for (const request of requests) {
      const [expected] = resourcesIn(request, { file: "request.json", operation: `Create${kind}` });
      const found = resourcesIn(manifest(kind, specOf(request) as JsonObject), { file: "manifest.yaml" });
      expect(found.map(summaryOf)).toEqual([summaryOf(expected)]);
    }
  });

  it("Pipeline", () => {
    for (const request of requestsOf("CreatePipeline")) {
      const [expected] = resourcesIn(request, { file: "request.json", operation: "CreatePipeline" });
      const found = resourcesIn(manifest("Pipeline", specOf(request) as JsonObject), { file: "manifest.yaml" });
      expect(found.map(summaryOf)).toEqual([summaryOf(expected)]);
    }
  });
});

describe("a value that another tool or resource gives", () => {
  it.each([
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a manifest's own placeholder
    ["${KMS_KEY}"],
    ["$KMS_KEY"],
    ["{{ .Values.key }}"],
    ["$(KMS_KEY)"],
    ["<YOUR KEY>"],
  ])("%s", (kmsKeyID) =>
    expect(settingsIn(notebook({ kmsKeyID }))).toEqual([
      `jobs.yaml NotebookInstance/x spec.kmsKeyID undetermined @9: ${kmsKeyID} is replaced on deployment by another file or tool`,
    ]),
  );

  const kmsKeyRef = { from: { name: "my-key" } };
  const key = (metadata: object) => ({ apiVersion: "kms.services.k8s.aws/v1alpha1", kind: "Key", metadata, spec: {} });

  it("a reference to a key of the same file is accepted", () => {
    const found = resourcesIn(yaml(key({ name: "my-key" }), notebook({ kmsKeyRef })), { policy: POLICY });
    expect(found.map(({ verdict, settings }) => [verdict, settings[0]?.key, settings[0]?.reason])).toEqual([
      ["compliant", "kmsKeyRef my-key", { code: "made-by-file" }],
    ]);
  });

  it.each([
    [key({ name: "other" })],
    [key({ name: "my-key", annotations: { "services.k8s.aws/adoption-policy": "adopt" } })],
    [{ apiVersion: "v1", kind: "Secret", metadata: { name: "my-key" } }],
  ])("a reference to another resource is undetermined: %#", (other) =>
    expect(settingsIn(yaml(other, notebook({ kmsKeyRef })))).toEqual([
      "jobs.yaml NotebookInstance/x spec.kmsKeyRef undetermined @4: kmsKeyRef my-key is known once deployed",
    ]),
  );
});

describe("a file with several manifests", () => {
  const CONFIG = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c" } };

  it("of several documents, each with its own position", () =>
    expect(
      settingsIn(`${yaml(CONFIG, notebook({}, { name: "a" }), notebook({}, { generateName: "b-" }))}---\n`),
    ).toEqual([
      "jobs.yaml NotebookInstance/a spec.kmsKeyID missing @4",
      "jobs.yaml NotebookInstance/b- spec.kmsKeyID missing @6",
    ]));

  it("in a List", () =>
    expect(settingsIn({ apiVersion: "v1", kind: "List", items: [CONFIG, notebook({}), null] })).toEqual([
      "jobs.yaml NotebookInstance/x spec.kmsKeyID missing @18",
    ]));

  it("is not SageMaker's", () => {
    expect(checkText(yaml(CONFIG, CONFIG), { inFolder: true }).is).toBe("skipped");
    expect(checkText(yaml(CONFIG, CONFIG), { file: "create-training-job.yaml" }).is).toBe("fault");
  });

  it("has a document that is not YAML", () => {
    const text = `${yaml(notebook({}))}---\na: [\n`;
    expect(checkText(text, { inFolder: true })).toMatchObject({ is: "fault", line: 5 });
  });
});

describe("a manifest that creates nothing, or takes no key", () => {
  it("an adopted resource", () => {
    const annotations = { "services.k8s.aws/adoption-policy": "adopt" };
    expect(resourcesIn(notebook({}, { name: "x", annotations }))).toEqual([]);
  });

  it.each(["Model", "Endpoint", "ModelPackageGroup", "PipelineExecution", "NotebookInstanceLifecycleConfig"])(
    "%s",
    (kind) => expect(resourcesIn(manifest(kind, {})).map(({ verdict }) => verdict)).toEqual(["ignored"]),
  );

  it.each([[{ spec: null }], [{ spec: [], metadata: 1 }], [{ kind: 1 }]])("may hold anything: %j", (more) =>
    expect(() => checkText({ ...notebook({}), ...more })).not.toThrow(),
  );

  it("a template of a Helm chart is not read in a folder, and is said to be unread", () =>
    expect(
      checkText("apiVersion: sagemaker.services.k8s.aws/v1alpha1\n{{ if .x }}\na: [\n", { inFolder: true }).is,
    ).toBe("unread"));
});
