import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseArn } from "../../../lib/core/model/arn.ts";

describe("parseArn", () => {
  it.each([
    [
      "arn:aws:kms:us-east-1:111122223333:key/1234abcd",
      { partition: "aws", service: "kms", region: "us-east-1", account: "111122223333", resource: "key/1234abcd" },
    ],
    ["arn:aws-cn:s3:::logs", { partition: "aws-cn", service: "s3", region: "", account: "", resource: "logs" }],
    [
      "arn:aws:lambda:eu-west-1:111122223333:function:etl:live",
      {
        partition: "aws",
        service: "lambda",
        region: "eu-west-1",
        account: "111122223333",
        resource: "function:etl:live",
      },
    ],
    [
      "arn:aws:kms:*:111122223333:alias/*",
      { partition: "aws", service: "kms", region: "*", account: "111122223333", resource: "alias/*" },
    ],
  ])("reads the parts of %s", (text, parts) => {
    expect(parseArn(text)).toEqual(parts);
  });

  it.each([
    "",
    "1234abcd",
    "alias/ml",
    "arn",
    "arn:aws:kms",
    "arn:aws:kms:us-east-1:111122223333",
    "arn:aws:kms:us-east-1:111122223333:",
    "arn::kms:us-east-1:111122223333:key/1",
    "arn:aws::us-east-1:111122223333:key/1",
    "ARN:aws:kms:us-east-1:111122223333:key/1",
    " arn:aws:kms:us-east-1:111122223333:key/1",
  ])("does not read %j as an ARN", (text) => {
    expect(parseArn(text)).toBeUndefined();
  });

  it("loses no part of the text", () => {
    const part = fc.string().map((text) => text.replaceAll(":", ""));
    const named = part.filter((text) => text !== "");
    const resource = fc.string().filter((text) => text !== "" && !text.startsWith(":"));
    fc.assert(
      fc.property(named, named, part, part, resource, (partition, service, region, account, last) => {
        const parsed = parseArn(["arn", partition, service, region, account, last].join(":"));
        expect(parsed).toEqual({ partition, service, region, account, resource: last });
      }),
    );
  });
});
