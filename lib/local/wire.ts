import type { IncomingMessage, ServerResponse } from "node:http";
import type { JsonObject } from "../core/model/json.ts";

/** One request, as a service receives it. */
export interface WireRequest {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly input: JsonObject;
  readonly raw: {
    readonly method: string;
    readonly url: URL;
    readonly headers: IncomingMessage["headers"];
    readonly body: Buffer;
  };
}

/** The answer of a service: a JSON object, or a text with a status and headers. */
export type WireReply =
  | { readonly json: object }
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly text: string };

export type Service = (request: WireRequest) => WireReply;

/** An error in an answer of AWS. */
export class AwsFault extends Error {
  readonly status: number;

  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

const TARGETS: Readonly<Record<string, string>> = {
  SageMaker: "sagemaker",
  TrentService: "kms",
  AmazonSQS: "sqs",
  AWSEvents: "events",
};

/** Reads the service, the operation and the input. Supports three protocols: AWS JSON, AWS query and S3's REST. */
export async function readRequest(message: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const url = new URL(message.url ?? "/", "http://127.0.0.1");
  const scope = /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(message.headers.authorization ?? "");
  const raw = { method: message.method ?? "GET", url, headers: message.headers, body };
  const region = scope?.[1] ?? "us-east-1";
  const target = /^(\w+)\.(\w+)$/.exec(String(message.headers["x-amz-target"] ?? ""));
  if (target) {
    const [, prefix = "", operation = ""] = target;
    const input = JSON.parse(body.toString() || "{}") as JsonObject;
    return { service: TARGETS[prefix] ?? prefix, operation, region, input, raw };
  }
  if (message.headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) {
    const input = Object.fromEntries(new URLSearchParams(body.toString()));
    return { service: scope?.[2] ?? "sns", operation: input.Action ?? "", region, input, raw };
  }
  return { service: "s3", operation: s3Operation(raw.method, url), region, input: { Key: url.pathname }, raw };
}

function s3Operation(method: string, url: URL): string {
  const isObject = (url.pathname.split("/")[2] ?? "") !== "";
  if (isObject) return `${METHODS[method] ?? method}Object`;
  if (method === "PUT") return "CreateBucket";
  return url.searchParams.has("encryption") ? "GetBucketEncryption" : "ListObjectsV2";
}

const METHODS: Readonly<Record<string, string>> = { PUT: "Put", GET: "Get", HEAD: "Head", DELETE: "Delete" };

export function writeReply(response: ServerResponse, reply: WireReply): void {
  if ("json" in reply) {
    response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(reply.json));
  } else {
    const length = Buffer.byteLength(reply.text);
    response
      .writeHead(reply.status ?? 200, { "content-type": "text/xml", "content-length": length, ...reply.headers })
      .end(reply.text);
  }
}

/** Services whose answers are XML, without REST. */
const QUERY: ReadonlySet<string> = new Set(["sns", "sts", "cloudformation"]);

/** Writes an error in the protocol of the service. */
export function writeFault(response: ServerResponse, service: string, { name, message, status }: AwsFault): void {
  if (service === "s3" || QUERY.has(service)) {
    const error = `<Code>${name}</Code><Message>${escapeXml(message)}</Message>`;
    const text =
      service === "s3" ? `<Error>${error}</Error>` : `<ErrorResponse><Error>${error}</Error></ErrorResponse>`;
    response.writeHead(status, { "content-type": "text/xml" }).end(text);
    return;
  }
  response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
  response.end(JSON.stringify({ __type: name, message }));
}

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[character] ?? "");
