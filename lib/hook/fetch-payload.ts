import type { Json } from "../core/model/json.ts";
import { parseJson } from "../core/model/parse-json.ts";
import { safeText } from "../text/safe-text.ts";
import { faultOf, type HookFault } from "./judgement.ts";

/** How the template of a stack or a change set is fetched. */
export interface FetchLimits {
  /** For the whole answer. CloudFormation waits 30 seconds for the function. */
  readonly timeoutMs: number;
  /** After decompression. A template has 1 MB at most, and a payload has two, or the properties of each resource twice. */
  readonly maxBytes: number;
  /** Another origin beside S3's own, such as `http://127.0.0.1:4566`, for a stand-in of AWS. */
  readonly origin?: string | undefined;
}

export type Fetched = { readonly is: "payload"; readonly payload: Json } | HookFault;

/**
 * Fetches the JSON at a presigned URL of S3. Nothing else is fetched: only HTTPS, only a host of S3, and no redirect is
 * followed. Never throws; a fault does not have the URL, because whoever has it can read the template.
 */
export async function fetchPayload(url: string, limits: FetchLimits): Promise<Fetched> {
  if (!isAllowed(url, limits.origin))
    return faultOf(safeText`the address of the template is not a presigned URL of S3`);
  try {
    const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(limits.timeoutMs) });
    if (response.status !== 200) {
      await response.body?.cancel();
      return faultOf(safeText`S3 answered the request for the template with the status ${response.status}`);
    }
    const bytes = await readBody(response, limits.maxBytes);
    if (bytes === undefined)
      return faultOf(safeText`the template and its changes are larger than ${limits.maxBytes} bytes`);
    return parsed(new TextDecoder().decode(bytes));
  } catch (error) {
    if (isTimeout(error))
      return faultOf(safeText`S3 did not send the template within ${limits.timeoutMs / 1_000} seconds`);
    return faultOf(safeText`the template could not be fetched from S3`);
  }
}

function parsed(text: string): Fetched {
  try {
    return { is: "payload", payload: parseJson(text) as Json };
  } catch {
    return faultOf(safeText`the payload that holds the template is not JSON`);
  }
}

/**
 * The body, or `undefined` if it is larger than `max`. The bytes are counted as they arrive: the header may be absent, and
 * a compressed body grows.
 */
async function readBody({ body }: Response, max: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > max) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * The hosts of S3: with the bucket in the host or in the path, dual-stack too, in each partition that has Lambda Hooks or
 * may get them. Source: Amazon S3 User Guide, "Virtual hosting of general purpose buckets"; AWS General Reference, "Amazon
 * Simple Storage Service endpoints".
 */
const S3_HOST = /^(?:[a-z0-9][a-z0-9.-]*\.)?s3(?:[.-](?:dualstack\.)?[a-z0-9-]+)?\.amazonaws\.(?:com|com\.cn|eu)$/;

/** True for a URL that may be fetched: S3's own, or one of the given origin. */
export function isAllowed(url: string, origin?: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, port, username, password, origin: own } = new URL(url);
  if (username !== "" || password !== "") return false;
  if (origin !== undefined && URL.canParse(origin) && own === new URL(origin).origin) return true;
  return protocol === "https:" && port === "" && S3_HOST.test(hostname);
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === "TimeoutError";
