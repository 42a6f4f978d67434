import { describe, expect, it } from "vitest";
import { checkFile } from "../../lib/check/check-file.ts";
import { readDocument } from "../../lib/check/document.ts";
import { namedOperation } from "../../lib/check/find-operation.ts";
import { policyOf } from "../support/build.ts";
import { encryptedRequests } from "../support/encrypted-requests.ts";

interface Options {
  readonly operation?: string;
  readonly walked?: boolean;
}

/** What a file is taken for: an operation, "passed over", or the fault. */
function takenFor(file: string, content: unknown, { operation, walked = false }: Options = {}): string {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  const checked = checkFile({ file, walked, text }, policyOf(), operation);
  if (checked.is === "passed-over") return "passed over";
  if (checked.is === "fault") return `${checked.line ?? ""}:${checked.column ?? ""} ${checked.message}`;
  return checked.checked.map(({ subject }) => subject.operation).join();
}

const job = { TrainingJobName: "a", OutputDataConfig: {} };

describe("a request file's operation", () => {
  it.each([
    ["by --operation", "x.json", job, { operation: "CreateTransformJob" }, "CreateTransformJob"],
    ["by --operation before its name", "create-domain.json", {}, { operation: "CreateModelCard" }, "CreateModelCard"],
    ["by its name in kebab case", "create-training-job.json", {}, {}, "CreateTrainingJob"],
    ["by its name in Pascal case", "ci/CreateTrainingJob.yaml", "{}", {}, "CreateTrainingJob"],
    ["by its name with more to it", "prod.create-notebook-instance.2.json", {}, {}, "CreateNotebookInstance"],
    ["by the longest name", "create-auto-ml-job-v2.json", {}, {}, "CreateAutoMLJobV2"],
    ["by the member that names its resource", "x.json", { TrainingJobName: "a" }, {}, "CreateTrainingJob"],
    ["in YAML too", "x.yaml", "TrainingJobName: a\n", {}, "CreateTrainingJob"],
    [
      "by its keys where several have that member",
      "x.json",
      { JobDefinitionName: "a", ModelBiasJobOutputConfig: {} },
      {},
      "CreateModelBiasJobDefinition",
    ],
    [
      "in a folder by --operation where it would be ambiguous",
      "x.json",
      { ClusterName: "a", InstanceGroups: [] },
      { operation: "UpdateCluster", walked: true },
      "UpdateCluster",
    ],
    [
      "in a folder by itself where it is plain",
      "x.json",
      job,
      { operation: "UpdateCluster", walked: true },
      "CreateTrainingJob",
    ],
  ])("is told %s", (_, file, content, options, expected) => expect(takenFor(file, content, options)).toBe(expected));

  it.each([
    [
      { Name: "a" },
      "a request of CreateInferenceExperiment, CreateMlflowApp, CreatePartnerApp or UpdateInferenceExperiment",
    ],
    [{ ClusterName: "a", InstanceGroups: [] }, "a request of CreateCluster or UpdateCluster"],
  ])("is asked for where %j could be several", (content, message) => {
    expect(takenFor("x.json", content)).toBe(`: ${message}: say which with --operation NAME`);
  });

  it.each(Object.entries(encryptedRequests))("%s is found in its own requests, or asked for", (operation, requests) => {
    for (const request of requests) expect(takenFor("x.json", request)).toContain(operation);
  });

  it.each(["CreateTrainingJob", "create-training-job"])("can be spelt %s", (name) => {
    expect(namedOperation(name)).toBe("CreateTrainingJob");
  });

  it("is never that of another whose name begins alike", () => {
    expect(takenFor("create-model-package-group.json", { ModelPackageGroupName: "a" })).toContain(
      "CreateModelPackageGroup, which takes no key",
    );
  });
});

describe("a file that is nothing of SageMaker's", () => {
  const couldBe = "nothing that can be judged; it could be a CloudFormation template";
  it.each([
    ["a list", "x.json", []],
    ["a package", "package.json", { name: "a", version: "1" }],
    ["a policy of that name", "create-domain-policy.json", { Version: "2012-10-17", Statement: [] }],
    ["of members that others have too", "x.json", { Name: "a", DomainName: "b", JobName: "c" }],
    ["another tool's of that name", "create-cluster.yaml", "apiVersion: eksctl.io/v1\nkind: ClusterConfig\n"],
    ["of many documents", "k8s.yaml", "a: 1\n---\nb: 2\n"],
    ["not to be parsed", "chart.yaml", "a: {{ .Values.b }}\nc: [\n"],
    ["empty", "x.yaml", "\n"],
    ["another operation's", "create-model-package-group.json", { ModelPackageGroupName: "a" }],
  ])("is passed over in a folder: %s", (_, file, content) => {
    expect(takenFor(file, content, { walked: true })).toBe("passed over");
  });

  it.each([
    ["a list", "x.json", [], couldBe],
    ["a package", "package.json", { name: "a" }, couldBe],
    ["empty", "x.yaml", "\n", "empty; give a template or a request"],
    ["of many documents", "k8s.yaml", "a: 1\n---\nb: 2\n", "2:1 not YAML or JSON (Source contains multiple documents"],
    ["not to be parsed", "x.yaml", "a: 1\nb: [\n", "not YAML or JSON"],
    [
      "of a bomb",
      "x.yaml",
      `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [${"*a,".repeat(99)}]\nc: [${"*b,".repeat(99)}]\n`,
      "aliases",
    ],
    [
      "of JSON too deep",
      "x.json",
      `{"Resources":{"R":{"Type":"AWS::SageMaker::Domain","Properties":${"[".repeat(20_000)}${"]".repeat(20_000)}}}}`,
      "nested too deep",
    ],
    ["nested too deep", "x.yaml", `a: ${"[".repeat(20_000)}`, "nested too deep"],
  ])("is a fault where it is named: %s", (_, file, content, message) => {
    expect(takenFor(file, content)).toContain(message);
  });

  it("is a fault in a folder where it was to hold something", () => {
    const text = "Resources:\n  R:\n    Type: AWS::SageMaker::Domain\n    Properties: [\n";
    expect(takenFor("t.yaml", text, { walked: true })).toContain("not YAML or JSON");
    expect(takenFor("create-domain.json", "{", { walked: true })).toContain("not YAML or JSON");
  });
});

describe("where a setting stands", () => {
  const text =
    '{\n\t"Steps": [\n\t\t{"Name": "Prepare"},\n\t\t{\n\t\t\t"Name": "Train",\n\t\t\t"Arguments": {}\n\t\t}\n\t]\n}\n';
  it.each([
    [["Steps"], "2:2"],
    [["Steps", 0], "3:3"],
    [["Steps", "Train"], "4:3"],
    [["Steps", "Train", "Arguments"], "6:4"],
    [["Steps", "Train", "Arguments", "ResourceConfig", "VolumeKmsKeyId"], "6:4"],
    [["Steps", "Nowhere", "Arguments"], "2:2"],
    [["Steps", 9], "2:2"],
    [["Nothing"], "1:1"],
    [[], "1:1"],
  ])("%j is at %s", (steps, expected) => {
    const read = readDocument(text);
    if (!("document" in read)) throw new Error(read.fault);
    const { line, column } = read.document.positionOf(steps);
    expect(`${line}:${column}`).toBe(expected);
  });
});
