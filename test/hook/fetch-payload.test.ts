import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type FetchLimits, fetchPayload, isAllowed } from "../../lib/hook/fetch-payload.ts";
import { withServer } from "./hook-events.ts";

const LIMITS: FetchLimits = { timeoutMs: 60_000, maxBytes: 1_000 };

describe("the address of a template", () => {
  it.each([
    "https://s3.amazonaws.com/bucket/key?X-Amz-Signature=a",
    "https://s3.us-west-2.amazonaws.com/bucket/key",
    "https://s3-us-west-2.amazonaws.com/bucket/key",
    "https://my.bucket.s3.eu-central-1.amazonaws.com/key",
    "https://bucket.s3.amazonaws.com/key",
    "https://bucket.s3.dualstack.eu-central-1.amazonaws.com/key",
    "https://bucket.s3.cn-north-1.amazonaws.com.cn/key",
    "https://bucket.s3.eusc-de-east-1.amazonaws.eu/key",
    "https://s3.us-gov-west-1.amazonaws.com/bucket/key",
  ])("may be %s", (url) => {
    expect(isAllowed(url)).toBe(true);
  });

  it.each([
    "http://s3.amazonaws.com/bucket/key",
    "https://s3.amazonaws.com:8443/bucket/key",
    "https://user:password@s3.amazonaws.com/key",
    "https://s3.amazonaws.com.example.com/key",
    "https://example.com/s3.amazonaws.com",
    "https://example.com#.s3.amazonaws.com",
    "https://evils3.amazonaws.com/key",
    "https://execute-api.us-east-1.amazonaws.com/key",
    "https://s3.internal.evil.amazonaws.com/key",
    "https://169.254.169.254/latest/meta-data",
    "http://127.0.0.1:9001/2018-06-01/runtime",
    "file:///etc/passwd",
    "data:application/json,{}",
    "payload",
    "",
  ])("may not be %s", async (url) => {
    expect(isAllowed(url)).toBe(false);
    expect(isAllowed(url, "http://127.0.0.1:4566")).toBe(false);
    expect(await fetchPayload(url, LIMITS)).toEqual({
      is: "fault",
      message: "the address of the template is not a presigned URL of S3",
    });
  });

  it("may be of a stand-in that the environment names", () => {
    expect(isAllowed("http://127.0.0.1:4566/bucket/key", "http://127.0.0.1:4566")).toBe(true);
    expect(isAllowed("http://127.0.0.1:4567/bucket/key", "http://127.0.0.1:4566/")).toBe(false);
    expect(isAllowed("http://127.0.0.1:4566/bucket/key", "nonsense")).toBe(false);
  });
});

describe("the payload", () => {
  const fetched = (listener: Parameters<typeof withServer>[0], limits = LIMITS) =>
    withServer(listener, (origin) => fetchPayload(`${origin}/key`, { ...limits, origin }));

  it("is fetched once, without anything of the environment", async () => {
    const seen: unknown[] = [];
    const result = await fetched((request, response) => {
      seen.push([request.method, request.url, request.headers.authorization]);
      response.end('{"template": "a"}');
    });
    expect(result).toEqual({ is: "payload", payload: { template: "a" } });
    expect(seen).toEqual([["GET", "/key", undefined]]);
  });

  it("is not taken from where S3 does not have it: no redirect is followed", async () => {
    const paths: (string | undefined)[] = [];
    const result = await fetched(({ url }, response) => {
      paths.push(url);
      response.writeHead(302, { location: "/elsewhere" }).end();
    });
    expect(result).toMatchObject({ message: "S3 answered the request for the template with the status 302" });
    expect(paths).toEqual(["/key"]);
  });

  it.each([
    ["403", (response: import("node:http").ServerResponse) => response.writeHead(403).end("<Error>expired</Error>")],
    ["not JSON", (response: import("node:http").ServerResponse) => response.end("<html>")],
    [
      "larger than 1000 bytes",
      (response: import("node:http").ServerResponse) => response.end(JSON.stringify("a".repeat(999))),
    ],
    [
      "larger than 1000 bytes",
      (response: import("node:http").ServerResponse) =>
        response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(50_000_000, "a"))),
    ],
    ["could not be fetched", (response: import("node:http").ServerResponse) => response.destroy()],
  ])("is a fault: %s", async (reason, answer) => {
    const result = await fetched((_, response) => void answer(response));
    expect(result).toMatchObject({ is: "fault", message: expect.stringContaining(reason) });
    expect(JSON.stringify(result)).not.toContain("http");
  });

  it.each([
    ["no answer", () => {}],
    ["half an answer", (response: import("node:http").ServerResponse) => void response.write('{"template": ')],
  ])("is waited for no longer than the limit: %s", async (_, answer) => {
    const result = await fetched((_request, response) => answer(response), { timeoutMs: 200, maxBytes: 1_000 });
    expect(result).toEqual({ is: "fault", message: "S3 did not send the template within 0.2 seconds" });
  });
});
