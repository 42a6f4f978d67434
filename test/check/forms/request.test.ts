import { describe, expect, it } from "vitest";
import { operations } from "../../../lib/catalogue/operations.ts";
import { findOperation } from "../../../lib/check/model/judged-operations.ts";
import { encryptedRequests } from "../../support/encrypted-requests.ts";
import { checkText } from "../check-text.ts";

interface Options {
  readonly operation?: string;
  readonly inFolder?: boolean;
}

/** How a file is read: the operation that it is judged for, "skipped", or its fault. */
function readingOf(file: string, content: unknown, options: Options = {}): string {
  const result = checkText(content, { file, ...options });
  if (result.is === "skipped" || result.is === "unread") return result.is;
  if (result.is === "fault") return `${result.line ?? ""}:${result.column ?? ""} ${result.message}`;
  return result.resources.map(({ subject }) => subject.operation).join();
}

const job = { TrainingJobName: "a", OutputDataConfig: {} };

describe("a request file's operation", () => {
  it.each([
    ["by --operation", "x.json", job, { operation: "CreateTransformJob" }, "CreateTransformJob"],
    ["by --operation before its name", "create-domain.json", {}, { operation: "CreateModelCard" }, "CreateModelCard"],
    ["by its name in kebab case", "create-training-job.json", {}, {}, "CreateTrainingJob"],
    ["by its name in Pascal case", "ci/CreateTrainingJob.yaml", "{}", {}, "CreateTrainingJob"],
    [
      "by its name with other parts around it",
      "prod.create-notebook-instance.2.json",
      {},
      {},
      "CreateNotebookInstance",
    ],
    ["by the longest name", "create-auto-ml-job-v2.json", {}, {}, "CreateAutoMLJobV2"],
    ["by the member that names its resource", "x.json", { TrainingJobName: "a" }, {}, "CreateTrainingJob"],
    ["in YAML too", "x.yaml", "TrainingJobName: a\n", {}, "CreateTrainingJob"],
    [
      "by its keys if several have that member",
      "x.json",
      { JobDefinitionName: "a", ModelBiasJobOutputConfig: {} },
      {},
      "CreateModelBiasJobDefinition",
    ],
    [
      "in a folder by --operation if it would be ambiguous",
      "x.json",
      { ClusterName: "a", InstanceGroups: [] },
      { operation: "UpdateCluster", inFolder: true },
      "UpdateCluster",
    ],
    [
      "in a folder by its members if they fit one operation",
      "x.json",
      job,
      { operation: "UpdateCluster", inFolder: true },
      "CreateTrainingJob",
    ],
  ])("is found %s", (_, file, content, options, expected) => expect(readingOf(file, content, options)).toBe(expected));

  it.each([
    [
      { Name: "a" },
      "a request of CreateInferenceExperiment, CreateMlflowApp, CreatePartnerApp or UpdateInferenceExperiment",
    ],
    [{ ClusterName: "a", InstanceGroups: [] }, "a request of CreateCluster or UpdateCluster"],
  ])("must be given if several operations fit %j", (content, message) => {
    expect(readingOf("x.json", content)).toBe(`: ${message}: give its operation with --operation NAME`);
  });

  // Members of the other services (`name`, `Arn`) are in any file.
  it.each(Object.entries(encryptedRequests).filter(([operation]) => !operation.includes(":")))(
    "%s is found in its own requests, or is one of the candidates",
    (operation, requests) => {
      for (const request of requests) expect(readingOf("x.json", request)).toContain(operation);
    },
  );

  it.each(["datazone:CreateDomain", "datazone-create-domain"])("can be of another service: %s", (name) => {
    expect(findOperation(name)).toBe("datazone:CreateDomain");
  });

  it.each(["CreateTrainingJob", "create-training-job"])("can be spelt %s", (name) => {
    expect(findOperation(name)).toBe("CreateTrainingJob");
  });

  it("is never found by a part of another operation's name", () => {
    const _catalogued: readonly string[] = operations.map(({ operation }) => operation);
    expect(readingOf("create-model-package-group.json", { ModelPackageGroupName: "a" })).toContain(
      "CreateModelPackageGroup, which takes no key",
    );
  });
});

describe("a file without SageMaker content", () => {
  const couldBe = "nothing that can be judged; it could be a CloudFormation template";
  it.each([
    ["a list", "x.json", []],
    ["a package", "package.json", { name: "a", version: "1" }],
    [
      "an access policy with the name of an operation",
      "create-domain-policy.json",
      { Version: "2012-10-17", Statement: [] },
    ],
    ["of members that other services have too", "x.json", { Name: "a", DomainName: "b", JobName: "c" }],
    [
      "of another tool, with the name of an operation",
      "create-cluster.yaml",
      "apiVersion: eksctl.io/v1\nkind: ClusterConfig\n",
    ],
    ["of many documents", "k8s.yaml", "a: 1\n---\nb: 2\n"],
    ["that cannot be parsed", "chart.yaml", "a: {{ .Values.b }}\nc: [\n"],
    ["empty", "x.yaml", "\n"],
    ["of an operation that takes no key", "create-model-package-group.json", { ModelPackageGroupName: "a" }],
  ])("is skipped in a folder: %s", (_, file, content) => {
    expect(readingOf(file, content, { inFolder: true })).toBe("skipped");
  });

  it.each([
    ["a list", "x.json", [], couldBe],
    ["a package", "package.json", { name: "a" }, couldBe],
    ["empty", "x.yaml", "\n", "empty; give a template or a request"],
    ["of many documents", "k8s.yaml", "a: 1\n---\nb: 2\n", couldBe],
    ["that cannot be parsed", "x.yaml", "a: 1\nb: [\n", "not YAML or JSON"],
    [
      "of aliases that grow without end",
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
  ])("is a fault if the user names it: %s", (_, file, content, message) => {
    expect(readingOf(file, content)).toContain(message);
  });

  it("is a fault in a folder if its text or its name shows that it should be a request", () => {
    const text = "Resources:\n  R:\n    Type: AWS::SageMaker::Domain\n    Properties: [\n";
    expect(readingOf("t.yaml", text, { inFolder: true })).toContain("not YAML or JSON");
    expect(readingOf("create-domain.json", "{", { inFolder: true })).toContain("not YAML or JSON");
  });
});
