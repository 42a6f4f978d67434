// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a template's own placeholders
import fc from "fast-check";
import type { Json, JsonObject } from "../../../lib/core/model/json.ts";

export interface RandomTemplate {
  readonly Parameters: Readonly<Record<string, RandomParameter>>;
  readonly Mappings: { readonly Keys: Readonly<Record<string, JsonObject>> };
  readonly Conditions: JsonObject;
  readonly Resources: { readonly R: { readonly Type: string; readonly Condition?: string; readonly Properties: Json } };
}

interface RandomParameter {
  readonly Type: "String";
  readonly Default?: string;
  readonly AllowedValues?: readonly string[];
}

export const STAGES = ["dev", "test", "prod"];
const KEYS = ["alias/own", "alias/aws/s3", ""];
const TYPES = ["ml.m5.large", "ml.g5.xlarge"];
const CONDITIONS = ["C0", "C1", "C2", "C3"];

const parameter = (values: readonly string[]): fc.Arbitrary<RandomParameter> =>
  fc
    .record({ Default: fc.constantFrom(undefined, ...values), isListed: fc.boolean() })
    .map(({ Default, isListed }) => ({
      Type: "String",
      ...(Default === undefined ? {} : { Default }),
      ...(isListed ? { AllowedValues: values } : {}),
    }));

/** The parameters: A and B are stages, K is a key, and T is an instance type. */
const parameters = fc.record({
  A: parameter(STAGES),
  B: parameter(STAGES),
  K: parameter(KEYS),
  T: fc.constantFrom(undefined, ...TYPES).map(
    (Default): RandomParameter => ({
      Type: "String",
      ...(Default === undefined ? {} : { Default }),
      AllowedValues: TYPES,
    }),
  ),
});

const ref = (name: string): JsonObject => ({ Ref: name });
const NO_VALUE = ref("AWS::NoValue");

/** A condition refers only to those before it, so that there is no circle. */
function condition(before: readonly string[]): fc.Arbitrary<Json> {
  const stage = fc
    .tuple(fc.constantFrom("A", "B"), fc.constantFrom<Json>(...STAGES, "qa", ref("A"), ref("B")), fc.boolean())
    .map(([name, other, turned]) => ({ "Fn::Equals": turned ? [other, ref(name)] : [ref(name), other] }));
  const key = fc.constantFrom<Json>(
    { "Fn::Equals": [ref("K"), ""] },
    { "Fn::Equals": [{ "Fn::FindInMap": ["Keys", ref("A"), "key"] }, "alias/own"] },
  );
  const named = before.length > 0 ? [fc.constantFrom(...before).map((Condition): Json => ({ Condition }))] : [];
  const { any } = fc.letrec<{ any: Json }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 3, arbitrary: fc.oneof(stage, key, ...named) },
      tie("any").map((one) => ({ "Fn::Not": [one] })),
      fc.tuple(tie("any"), tie("any")).map((both) => ({ "Fn::And": both })),
      fc.tuple(tie("any"), tie("any")).map((both) => ({ "Fn::Or": both })),
    ),
  }));
  return any;
}

const conditions = fc
  .tuple(...CONDITIONS.map((_, i) => condition(CONDITIONS.slice(0, i))))
  .map((all): JsonObject => Object.fromEntries(all.map((one, i) => [CONDITIONS[i], one])));

const anIf = (yes: fc.Arbitrary<Json>, no: fc.Arbitrary<Json>) =>
  fc.tuple(fc.constantFrom(...CONDITIONS), yes, no).map((branches): Json => ({ "Fn::If": branches }));

/** The text of a key. */
const { key } = fc.letrec<{ key: Json }>((tie) => ({
  key: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    {
      weight: 4,
      arbitrary: fc.constantFrom<Json>(
        "alias/own",
        "alias/aws/s3",
        ref("K"),
        { "Fn::FindInMap": ["Keys", ref("A"), "key"] },
        { "Fn::FindInMap": ["Keys", "prod", "key"] },
        { "Fn::Join": ["/", ["alias", { "Fn::FindInMap": ["Keys", ref("B"), "name"] }]] },
        { "Fn::Sub": "${K}" },
        { "Fn::Select": [1, { "Fn::Split": [",", "alias/aws/ebs,alias/own"] }] },
      ),
    },
    { weight: 3, arbitrary: anIf(tie("key"), tie("key")) },
    fc.tuple(fc.constantFrom(0, 1), tie("key"), tie("key")).map(([i, ...two]) => ({ "Fn::Select": [i, two] })),
    tie("key").map((Inner) => ({ "Fn::Sub": ["${Inner}", { Inner }] })),
    tie("key").map((inner) => ({ "Fn::Join": ["", [inner]] })),
  ),
}));

const keyOrNone = fc.oneof(key, fc.constant<Json>(NO_VALUE), anIf(key, fc.constant(NO_VALUE)));
const instanceType = fc.oneof(
  fc.constantFrom<Json>(...TYPES, ref("T")),
  anIf(fc.constant(ref("T")), fc.constantFrom<Json>(...TYPES)),
);
const variant = fc.record({ VariantName: fc.constant("v"), InstanceType: instanceType });
const capture = fc.record({
  EnableCapture: fc.constant(true),
  DestinationS3Uri: fc.constant("s3://b/p"),
  KmsKeyId: keyOrNone,
});

const endpointConfig = fc.record({
  KmsKeyId: keyOrNone,
  ProductionVariants: fc.array(fc.oneof(variant, anIf(variant, fc.constant(NO_VALUE))), { minLength: 1, maxLength: 2 }),
  DataCaptureConfig: fc.oneof(
    fc.constant<Json>(NO_VALUE),
    capture,
    anIf(capture, fc.oneof(fc.constant(NO_VALUE), capture)),
  ),
});

const resource = fc
  .record({ Properties: endpointConfig, Condition: fc.option(fc.constantFrom(...CONDITIONS), { nil: undefined }) })
  .map(({ Properties, Condition }) => ({
    Type: "AWS::SageMaker::EndpointConfig",
    Properties,
    ...(Condition === undefined ? {} : { Condition }),
  }));

const Keys = {
  dev: { key: "alias/aws/s3", name: "aws/s3" },
  test: { key: "alias/own", name: "own" },
  prod: { key: "alias/own", name: "other" },
};

/** A template with one resource, whose properties depend on parameters by conditions, mappings and functions. */
export const randomTemplate: fc.Arbitrary<RandomTemplate> = fc
  .record({ Parameters: parameters, Conditions: conditions, R: resource })
  .map(({ Parameters, Conditions, R }) => ({ Parameters, Mappings: { Keys }, Conditions, Resources: { R } }));
