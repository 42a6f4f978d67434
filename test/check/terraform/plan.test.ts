import { describe, expect, it } from "vitest";
import { attributeNameOf } from "../../../lib/check/terraform/types.ts";
import type { JsonObject } from "../../../lib/core/model/json.ts";
import { say } from "../../../lib/wording/reasons/say.ts";
import { KEY, policyOf } from "../../support/build.ts";
import { checkText, resourcesIn } from "../check-text.ts";
import { requestsOf, summaryOf } from "../event-requests.ts";
import { type Change, planOf, valuesOf } from "./plan-of.ts";

const OWN = policyOf({ keys: { accept: "customer-managed" } });
const NB = "aws_sagemaker_notebook_instance.nb";
const NOTEBOOK = { name: "nb", instance_type: "ml.t3.medium" };

/** Every setting of a plan's resources as `address attribute is: because`. */
const settingsIn = (plan: JsonObject, options = {}): string[] =>
  resourcesIn(plan, { file: "plan.json", policy: OWN, ...options }).flatMap(({ subject, settings }) =>
    settings.flatMap(({ attribute, is, reason }) =>
      is === "not-applicable" ? [] : [`${subject.place} ${attribute} ${is}: ${reason && say(reason)}`],
    ),
  );

const KEYS: Change[] = [
  { address: "aws_kms_key.main", after: {}, unknown: { arn: true, key_id: true } },
  { address: "aws_kms_alias.main", after: { name: "alias/ml" }, unknown: { arn: true, target_key_arn: true } },
];

/** A notebook whose key is known after the apply, and is configured by an expression. */
const notebook = (expression: JsonObject | undefined, root: JsonObject = {}) =>
  planOf([...KEYS, { address: NB, after: NOTEBOOK, unknown: { arn: true, kms_key_id: true } }], {
    resources: [{ address: NB, expressions: { ...(expression ? { kms_key_id: expression } : {}) } }],
    ...root,
  });

const CREATED = "accepted: a customer managed key, created by the same file";
const references = (...of: string[]): JsonObject => ({ references: of });

describe("a key that is known after the apply", () => {
  it.each([
    [references("aws_kms_key.main.arn", "aws_kms_key.main"), CREATED],
    [references("aws_kms_key.main.key_id", "aws_kms_key.main"), CREATED],
    [references("aws_kms_key.main[0].arn", "aws_kms_key.main[0]", "aws_kms_key.main"), CREATED],
    [references("aws_kms_alias.main.target_key_arn", "aws_kms_alias.main"), CREATED],
    [
      references("aws_kms_key.main.policy", "aws_kms_key.main"),
      "undetermined: aws_kms_key.main.policy is known after the apply",
    ],
    [
      references("aws_kms_key.main.arn", "aws_kms_key.main", "data.aws_kms_key.other.arn", "data.aws_kms_key.other"),
      "undetermined: data.aws_kms_key.other.arn is known after the apply",
    ],
    [references("var.own", "aws_kms_key.main.arn", "aws_kms_key.main"), "undetermined: aws_kms_key.main.arn is known"],
    [references("local.key"), "undetermined: local.key is known after the apply"],
    [references("module.gone.arn", "module.gone"), "undetermined: module.gone.arn is known after the apply"],
    [{}, "undetermined: its value is known after the apply"],
  ])("%j", (expression, expected) => {
    const [setting = ""] = settingsIn(notebook(expression));
    expect(setting.startsWith(`${NB} kms_key_id ${expected}`), setting).toBe(true);
  });

  it("is missing where nothing is configured: the provider computes it", () =>
    expect(settingsIn(notebook(undefined))).toEqual([expect.stringContaining("kms_key_id missing")]));

  it("is undetermined where the policy lists keys", () => {
    const policy = policyOf({ keys: { accept: "listed", allow: [KEY] } });
    const plan = notebook(references("aws_kms_key.main.arn", "aws_kms_key.main"));
    expect(settingsIn(plan, { policy })).toEqual([expect.stringContaining("kms_key_id undetermined")]);
  });

  const block = (expressions: JsonObject) =>
    planOf(
      [
        {
          address: "aws_sagemaker_training_job.t",
          after: {
            training_job_name: "t",
            output_data_config: [{ s3_output_path: "s3://b/o" }],
            resource_config: [{ instance_type: "ml.m5.large", volume_kms_key_id: KEY }],
          },
          unknown: { output_data_config: [{ kms_key_id: true }] },
        },
      ],
      { resources: [{ address: "aws_sagemaker_training_job.t", expressions }] },
    );

  it("is missing in a block that is configured without it", () =>
    expect(settingsIn(block({ output_data_config: [{ s3_output_path: {} }] }))[0]).toMatch(
      / output_data_config\.kms_key_id missing: /,
    ));

  it("is undetermined in a dynamic block", () =>
    expect(settingsIn(block({}))[0]).toBe(
      "aws_sagemaker_training_job.t output_data_config.kms_key_id undetermined: a plan does not hold the dynamic block output_data_config",
    ));

  it("is found through variables and outputs of modules, with count and for_each", () => {
    const address = 'module.ml["a.b[0]"].module.inner[1].aws_sagemaker_notebook_instance.nb["x"]';
    const root = {
      module_calls: {
        kms: {
          module: { outputs: { arn: { expression: references("aws_kms_key.main.arn", "aws_kms_key.main") } } },
        },
        ml: {
          expressions: { key: references("module.kms.arn", "module.kms") },
          module: {
            module_calls: {
              inner: {
                expressions: { given: references("var.key") },
                module: {
                  resources: [{ address: NB, expressions: { kms_key_id: references("var.given") } }],
                },
              },
            },
          },
        },
      },
    };
    const plan = planOf([{ address, after: NOTEBOOK, unknown: { kms_key_id: true } }], root);
    expect(settingsIn(plan)).toEqual([`${address} kms_key_id ${CREATED}`]);
  });

  it("ends where variables and outputs name each other", () => {
    const root = {
      resources: [{ address: NB, expressions: { kms_key_id: references("module.a.x", "module.a") } }],
      module_calls: {
        a: {
          expressions: { v: references("module.a.x", "module.a") },
          module: { outputs: { x: { expression: references("var.v") } } },
        },
      },
    };
    const plan = planOf([{ address: NB, after: NOTEBOOK, unknown: { kms_key_id: true } }], root);
    expect(settingsIn(plan)[0]).toContain("undetermined");
  });
});

describe("a key that the plan or the state knows", () => {
  const given = (key: string, more: JsonObject) =>
    settingsIn(planOf([{ address: NB, after: { ...NOTEBOOK, kms_key_id: key } }], {}, more));
  const data = (type: string, values: JsonObject) => ({
    prior_state: {
      values: { root_module: { resources: [{ address: `data.${type}.k`, mode: "data", type, values }] } },
    },
  });

  it.each([
    ["CUSTOMER", "accepted: a customer managed key, as data.aws_kms_key.k.arn says"],
    ["AWS", "rejected"],
    [null, "undetermined: the key's owner would be looked up"],
  ])("a data source with key_manager %j", (key_manager, expected) =>
    expect(given(KEY, data("aws_kms_key", { arn: KEY, id: "i", key_manager }))[0]).toContain(`kms_key_id ${expected}`),
  );

  it.each([
    ["alias/ml", "accepted"],
    ["alias/aws/s3", "rejected"],
  ])("the target of the alias %s", (name, expected) =>
    expect(given(KEY, data("aws_kms_alias", { name, target_key_arn: KEY }))[0]).toContain(`kms_key_id ${expected}`),
  );

  it("a key that is managed already", () => expect(given(KEY, { resource_changes: [], ...managed() })).toEqual([]));

  const managed = () => planOf([{ address: "aws_kms_key.k", after: { arn: KEY }, actions: ["no-op"] }]);

  it("is accepted beside the notebook that uses it", () => {
    const changes: Change[] = [
      { address: "aws_kms_key.k", after: { arn: KEY, key_id: "1" }, actions: ["no-op"] },
      { address: NB, after: { ...NOTEBOOK, kms_key_id: KEY } },
    ];
    expect(settingsIn(planOf(changes))).toEqual([`${NB} kms_key_id ${CREATED}`]);
  });
});

describe("which resources are judged", () => {
  const withActions = (...actions: string[]) => planOf([{ address: NB, after: NOTEBOOK, actions }]);

  it.each([[["create"]], [["update"]], [["delete", "create"]], [["create", "delete"]]])("%j is judged", (actions) =>
    expect(settingsIn(withActions(...actions))).toHaveLength(1),
  );

  it.each([[["delete"]], [["forget"]], [["no-op"]], [["read"]]])("%j is not", (actions) =>
    expect(settingsIn(withActions(...actions))).toEqual([]),
  );

  it("what stays unchanged is judged with --all, and what is deleted is not", () => {
    expect(settingsIn(withActions("no-op"), { unchanged: true })).toHaveLength(1);
    expect(settingsIn(withActions("delete"), { unchanged: true })).toEqual([]);
  });

  it("every resource of a state, in its modules too", () => {
    const resource = (address: string) => ({
      address,
      mode: "managed",
      type: NB.split(".")[0] ?? "",
      values: NOTEBOOK,
    });
    const state = {
      format_version: "1.0",
      terraform_version: "1.9.8",
      values: {
        root_module: {
          resources: [resource(NB)],
          child_modules: [{ address: "module.a", resources: [resource(`module.a.${NB}`)] }],
        },
      },
    };
    expect(settingsIn(state).map((one) => one.split(" ")[0])).toEqual([NB, `module.a.${NB}`]);
  });

  it("a resource that takes no key, and one of another service, have no finding", () => {
    const changes = ["aws_sagemaker_model.m", "aws_s3_bucket.b", "aws_sagemaker_endpoint.e"].map((address) => ({
      address,
      after: { name: "x" },
    }));
    expect(settingsIn(planOf(changes))).toEqual([]);
  });

  it("a pipeline's definition is read", () => {
    const definition = {
      Version: "2020-12-01",
      Steps: [{ Name: "T", Type: "Training", Arguments: { OutputDataConfig: { S3OutputPath: "s3://b/o" } } }],
    };
    const after = { pipeline_name: "p", pipeline_definition: JSON.stringify(definition) };
    expect(settingsIn(planOf([{ address: "aws_sagemaker_pipeline.p", after }]))[0]).toMatch(
      / pipeline_definition\.Steps\[T\]\.Arguments\.OutputDataConfig\.KmsKeyId missing/,
    );
  });
});

describe("a file that is no plan that can be read", () => {
  it.each([
    [planOf([], {}, { format_version: "2.0" }), /format version 2\.0; Keyward reads 0 and 1/],
    [planOf([], {}, { errored: true }), /ended with errors/],
  ])("%#", (plan, message) =>
    expect(checkText(plan, { file: "plan.json" })).toMatchObject({
      is: "fault",
      message: expect.stringMatching(message),
    }),
  );

  it.each([
    ["main.tf", 'resource "aws_kms_key" "k" {}'],
    ["p.tfplan", "PK\u0003\u0004"],
    ["plan", "PK\u0003\u0004"],
    ["terraform.tfstate", "{}"],
  ])("%s: says what to give instead", (file, text) =>
    expect(checkText(text, { file })).toMatchObject({
      is: "fault",
      message: expect.stringMatching(/terraform show -json p > plan\.json/),
    }),
  );
});

/** The types with keys, and the operation of each (provider `hashicorp/aws`). */
const TYPES = {
  CreateAlgorithm: "algorithm",
  CreateDataQualityJobDefinition: "data_quality_job_definition",
  CreateDeviceFleet: "device_fleet",
  CreateDomain: "domain",
  CreateEndpointConfig: "endpoint_configuration",
  CreateFeatureGroup: "feature_group",
  CreateFlowDefinition: "flow_definition",
  CreateHyperParameterTuningJob: "hyper_parameter_tuning_job",
  CreateLabelingJob: "labeling_job",
  CreateModelCard: "model_card",
  CreateNotebookInstance: "notebook_instance",
  CreateTrainingJob: "training_job",
  CreateUserProfile: "user_profile",
} as const;

describe("parity: a plan has the findings of the request that it makes", () => {
  it.each(Object.entries(TYPES))("%s", (operation, type) => {
    const requests = requestsOf(operation);
    expect(requests.length).toBeGreaterThan(1);
    for (const request of requests) {
      const { KmsKeyId, ...others } = request;
      const renamed = type === "endpoint_configuration" ? "kms_key_arn" : "kms_key_id";
      const after = { ...valuesOf(others, attributeNameOf), [renamed]: KmsKeyId ?? null };
      const address = `aws_sagemaker_${type}.x`;
      const [fromPlan] = resourcesIn(planOf([{ address, after }]), { file: "plan.json" });
      const [fromRequest] = resourcesIn(request, { file: "request.json", operation });
      expect(summaryOf(fromPlan)).toEqual(summaryOf(fromRequest));
    }
  });
});
