import { describe, expect, it } from "vitest";
import type { Context } from "../../lib/prevent/context.ts";
import { resourceStatementsOf } from "../../lib/prevent/rcp.ts";
import { documentOf } from "../../lib/prevent/statement.ts";
import { ACCOUNT, exemption, KEY, OTHER, policyWith, TODAY } from "./policies.ts";
import { isDenied } from "./simulate.ts";

const ROLE = `arn:aws:iam::${ACCOUNT}:role/sagemaker-execution`;
const BUCKET = "arn:aws:s3:::ml-data/out/model.tar.gz";

const context = (values: Record<string, string>): Context =>
  new Map(
    Object.entries({
      "aws:PrincipalArn": ROLE,
      "aws:PrincipalAccount": ACCOUNT,
      "aws:PrincipalIsAWSService": "false",
      ...values,
    }).map(([key, value]) => [key, { is: "known", values: [value] }] as const),
  );

const put = (key: string | undefined, resource = BUCKET) => ({
  action: "s3:PutObject",
  resource,
  context: context({
    ...(key && { "s3:x-amz-server-side-encryption": "aws:kms", "s3:x-amz-server-side-encryption-aws-kms-key-id": key }),
  }),
});
const use = (key: string, via = "sagemaker.us-east-1.amazonaws.com", aliases?: string) => ({
  action: "kms:GenerateDataKey",
  resource: key,
  context: context({ "kms:ViaService": via, ...(aliases && { "kms:ResourceAliases": aliases }) }),
});

const denies = (
  policy: Parameters<typeof resourceStatementsOf>[0],
  request: Parameters<typeof isDenied>[1],
  buckets: string[] = [],
) => isDenied([documentOf(resourceStatementsOf(policy, buckets, TODAY).statements)], request, { as: "rcp" });

describe("a resource control policy, in a simulator of IAM", () => {
  const listed = policyWith({ keys: { accept: "listed", allow: [KEY] } });

  it("denies a write with a named wrong key, and never a write without one", async () => {
    expect(await denies(listed, put(OTHER))).toBe(true);
    expect(await denies(listed, put(KEY))).toBe(false);
    expect(await denies(listed, put(undefined))).toBe(false);
  });

  it("binds only the named buckets", async () => {
    expect(await denies(listed, put(OTHER), ["ml-*"])).toBe(true);
    expect(await denies(listed, put(OTHER), ["other"])).toBe(false);
  });

  it("denies SageMaker, and nobody else, the use of a key that is not accepted", async () => {
    expect(await denies(listed, use(KEY.replace("1234abcd", "99999999")))).toBe(true);
    expect(await denies(listed, use(KEY))).toBe(false);
    expect(await denies(listed, use(KEY.replace("1234abcd", "99999999"), "s3.us-east-1.amazonaws.com"))).toBe(false);
  });

  it("denies by the aliases of a key, which KMS knows", async () => {
    const denied = policyWith({ keys: { accept: "any", deny: ["alias/old-*"] } });
    expect(await denies(denied, use(KEY, undefined, "alias/old-ml"))).toBe(true);
    expect(await denies(denied, use(KEY, undefined, "alias/ml"))).toBe(false);
    const byAlias = policyWith({ keys: { accept: "listed", allow: ["alias/ml", KEY] } });
    const unlisted = KEY.replace("1234abcd", "99999999");
    expect(await denies(byAlias, use(unlisted, undefined, "alias/ml"))).toBe(false);
    expect(await denies(byAlias, use(unlisted, undefined, "alias/other"))).toBe(true);
    expect(await denies(byAlias, use(KEY, undefined, "alias/other"))).toBe(false);
  });

  it("denies the deny list, and AWS managed keys by their alias", async () => {
    const policy = policyWith({ keys: { accept: "customer-managed", deny: ["444455556666"] } });
    expect(await denies(policy, put(OTHER))).toBe(true);
    expect(await denies(policy, put(`arn:aws:kms:us-east-1:${ACCOUNT}:alias/aws/s3`))).toBe(true);
    expect(await denies(policy, put(KEY))).toBe(false);
  });

  it("lets exempt principals through, and names the exemptions that are not in it", async () => {
    const exemptions = [
      exemption({ principal: ROLE, kind: "training-job" }),
      { ...exemption({ name: "x" }), name: "by-name" },
    ];
    const policy = policyWith({ keys: { accept: "listed", allow: [KEY] }, exemptions });
    expect(await denies(policy, put(OTHER))).toBe(false);
    expect(resourceStatementsOf(policy, [], TODAY).notExempt).toEqual(["by-name"]);
  });

  it("has nothing to deny where every key is accepted", () => {
    expect(resourceStatementsOf(policyWith({ keys: { accept: "any" } }), [], TODAY).statements).toEqual([]);
  });
});
