// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of templates
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cloudFormationTypes } from "../../../lib/check/cloudformation/types.ts";
import type { CheckedResource } from "../../../lib/check/model/result.ts";
import type { Json } from "../../../lib/core/model/json.ts";
import { isObject } from "../../../lib/core/model/member.ts";
import { requestsOf } from "../../support/encrypted-requests.ts";
import { checkText, resourcesIn } from "../check-text.ts";

const OPEN = [
  { Ref: "Given" },
  { "Fn::If": ["C", { Ref: "AWS::NoValue" }, {}] },
  { "Fn::Transform": { Name: "T" }, A: 1 },
];

const requests = cloudFormationTypes.flatMap(({ type, operation }) =>
  operation === "CreatePipeline" ? [] : requestsOf(operation).map((request) => ({ type, request })),
);

function judged(type: string, properties: Json): CheckedResource {
  const [resource] = resourcesIn({ Resources: { R: { Type: type, Properties: properties } } }, { file: "t.json" });
  if (!resource) throw new Error("no resource");
  return resource;
}

/** Every value with one of its parts replaced, each part in turn, and the value replaced as a whole. */
function* withPartOpen(value: Json, open: Json): Generator<Json> {
  yield open;
  if (Array.isArray(value)) {
    for (const [i, element] of value.entries()) {
      for (const one of withPartOpen(element, open)) yield value.map((other: Json, j) => (i === j ? one : other));
    }
  } else if (isObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      for (const one of withPartOpen(member, open)) yield { ...value, [name]: one };
    }
  }
}

/** The same value without any key. */
function withoutKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutKeys);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([name]) => !/kms/i.test(name));
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutKeys(member)]));
}

describe("a resource with any one part left open", () => {
  it.each(requests)("$type with every key has no finding", ({ type, request }) => {
    expect(judged(type, request).verdict).toBe("compliant");
    for (const open of OPEN) {
      for (const properties of withPartOpen(request, open)) {
        const wrong = judged(type, properties).settings.filter(({ is }) => is === "missing" || is === "rejected");
        expect(wrong.map(({ path }) => `${path}: ${JSON.stringify(properties)}`)).toEqual([]);
      }
    }
  });

  it.each(requests)("$type without a key is not compliant", ({ type, request }) => {
    const bare = withoutKeys(request);
    expect(judged(type, bare).verdict).toBe("non-compliant");
    for (const open of OPEN) {
      for (const properties of withPartOpen(bare, open)) {
        expect(judged(type, properties).verdict, JSON.stringify(properties)).not.toBe("compliant");
      }
    }
  });
});

describe("a file with any content", () => {
  const NAMES =
    "Resources R Type Properties Parameters Default Ref Fn::Sub Fn::GetAtt Fn::If Fn::ForEach::A KmsKeyId DataCaptureConfig ProductionVariants Version Steps Name PipelineDefinition PipelineDefinitionBody TrainingJobName __proto__ constructor <<";
  const name = fc.constantFrom(...NAMES.split(" "));
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { depthSize: "large", withCrossShrink: true },
      fc.constantFrom<unknown>(
        "AWS::SageMaker::EndpointConfig",
        "AWS::SageMaker::Pipeline",
        "AWS::KMS::Key",
        "${R}",
        "${",
        "R",
      ),
      fc.constantFrom<unknown>(null, true, 0, "", "alias/aws/s3", "2020-12-01"),
      fc.array(tie("json"), { maxLength: 3 }),
      fc.array(fc.tuple(name, tie("json")), { maxLength: 4 }).map((members) => Object.fromEntries(members)),
    ),
  }));

  it("is judged, skipped or reported as a fault", () => {
    const template = fc.array(fc.tuple(name, json)).map((members) => ({
      Resources: { R: { Type: "AWS::SageMaker::EndpointConfig", Properties: Object.fromEntries(members) } },
      Parameters: { R: members[0]?.[1] },
    }));
    const text = fc.oneof(
      json.map((value) => JSON.stringify(value)),
      template.map((value) => JSON.stringify(value)),
      fc.string(),
    );
    const seen = new Set<string>();
    fc.assert(
      fc.property(text, fc.boolean(), (content, inFolder) => {
        seen.add(checkText(content, { file: "x.yaml", inFolder }).is);
      }),
      { numRuns: 2000, seed: 7 },
    );
    expect([...seen].sort()).toEqual(["fault", "judged", "skipped", "unread"]);
  });
});
