import { createHash } from "node:crypto";
import { AwsFault, escapeXml, type Service, type WireReply, type WireRequest } from "./wire.ts";

interface StoredObject {
  readonly body: Buffer;
  readonly etag: string;
  readonly writtenAt?: Date;
}

export interface Bucket {
  /** The default encryption's algorithm and key; SSE-S3 where none is set. */
  readonly encryption?: { readonly algorithm: string; readonly key?: string };
  readonly objects: Map<string, StoredObject>;
  /** The bucket's Region. S3 answers with a redirect in every other Region. */
  readonly region?: string;
  /** The caller may not read the bucket's configuration. */
  readonly denied?: boolean;
  /** The account that owns the bucket, where it is not the caller's account. */
  readonly owner?: string;
  readonly settings?: BucketSettings;
}

export interface BucketSettings {
  /** Whether all four settings of the public access block are on; undefined where it has none. */
  readonly publicBlocked?: boolean;
  readonly versioned?: boolean;
  /** The days of the default retention (Object Lock). */
  readonly lockDays?: number;
}

/** Path-style S3: objects with conditional writes, listing by prefix, and a bucket's default encryption. */
export function createS3(buckets: Map<string, Bucket>, now: () => Date): Service {
  return (request) => {
    const [, name = "", ...rest] = request.raw.url.pathname.split("/");
    const key = decodeURIComponent(rest.join("/"));
    if (key === "" && request.raw.method === "PUT") {
      buckets.set(name, buckets.get(name) ?? { objects: new Map() });
      return { text: "" };
    }
    if (name === "") return listBuckets(buckets, request.raw.url.searchParams.get("prefix") ?? "");
    const bucket = buckets.get(name);
    if (!bucket) throw new AwsFault("NoSuchBucket", "The specified bucket does not exist", 404);
    if (bucket.region !== undefined && bucket.region !== request.region) return redirect(bucket.region);
    if (bucket.denied) throw new AwsFault("AccessDenied", "Access Denied", 403);
    const expected = request.raw.headers["x-amz-expected-bucket-owner"];
    if (expected !== undefined && bucket.owner !== undefined && bucket.owner !== expected) {
      throw new AwsFault("AccessDenied", "Access Denied", 403);
    }
    return key === "" ? readBucket(bucket, request.raw.url) : object(bucket.objects, key, request.raw, now());
  };
}

/** As S3 answers in another Region (S3 User Guide, "Making requests": "Request redirection"). */
const redirect = (region: string): WireReply => ({
  status: 301,
  headers: { "x-amz-bucket-region": region },
  text: `<Error><Code>PermanentRedirect</Code><Message>Use another endpoint</Message><Region>${region}</Region></Error>`,
});

function object(
  objects: Bucket["objects"],
  key: string,
  { method, headers, body }: WireRequest["raw"],
  now: Date,
): WireReply {
  const date = now.toUTCString();
  const stored = objects.get(key);
  switch (method) {
    case "PUT": {
      const ifMatch = headers["if-match"];
      if (headers["if-none-match"] === "*" && stored) throw preconditionFailed();
      if (ifMatch !== undefined && !stored) throw noSuchKey();
      if (ifMatch !== undefined && ifMatch !== stored?.etag) throw preconditionFailed();
      const etag = `"${createHash("md5").update(body).digest("hex")}"`;
      objects.set(key, { body, etag, writtenAt: now });
      return { text: "", headers: { etag, date } };
    }
    case "DELETE":
      objects.delete(key);
      return { status: 204, text: "" };
    default:
      if (!stored) throw noSuchKey();
      if (headers["if-none-match"] === stored.etag)
        return { status: 304, text: "", headers: { etag: stored.etag, date } };
      return {
        text: method === "HEAD" ? "" : stored.body.toString(),
        headers: { etag: stored.etag, date, "last-modified": (stored.writtenAt ?? now).toUTCString() },
      };
  }
}

const preconditionFailed = () =>
  new AwsFault("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412);
const noSuchKey = () => new AwsFault("NoSuchKey", "The specified key does not exist.", 404);

/** The buckets of the caller's account. */
function listBuckets(buckets: ReadonlyMap<string, Bucket>, prefix: string): WireReply {
  const own = [...buckets].filter(([name, { owner }]) => owner === undefined && name.startsWith(prefix));
  const members = own.map(([name]) => `<Bucket><Name>${escapeXml(name)}</Name></Bucket>`).join("");
  return { text: `<ListAllMyBucketsResult><Buckets>${members}</Buckets></ListAllMyBucketsResult>` };
}

/** A setting of a bucket, in the form of its Get operation; undefined for a request that is about none. */
function readSetting({ settings = {} }: Bucket, { searchParams: asked }: URL): WireReply | undefined {
  const { publicBlocked, versioned, lockDays } = settings;
  if (asked.has("versioning")) {
    const status = versioned === undefined ? "" : `<Status>${versioned ? "Enabled" : "Suspended"}</Status>`;
    return { text: `<VersioningConfiguration>${status}</VersioningConfiguration>` };
  }
  if (asked.has("publicAccessBlock")) {
    if (publicBlocked === undefined)
      throw new AwsFault("NoSuchPublicAccessBlockConfiguration", "The public access block was not found", 404);
    const members = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];
    const text = members.map((member) => `<${member}>${publicBlocked}</${member}>`).join("");
    return { text: `<PublicAccessBlockConfiguration>${text}</PublicAccessBlockConfiguration>` };
  }
  if (!asked.has("object-lock")) return undefined;
  if (lockDays === undefined)
    throw new AwsFault("ObjectLockConfigurationNotFoundError", "Object Lock is not configured", 404);
  const retention = `<DefaultRetention><Mode>GOVERNANCE</Mode><Days>${lockDays}</Days></DefaultRetention>`;
  return {
    text: `<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule>${retention}</Rule></ObjectLockConfiguration>`,
  };
}

function readBucket(bucket: Bucket, url: URL): WireReply {
  const setting = readSetting(bucket, url);
  if (setting) return setting;
  if (url.searchParams.has("encryption")) {
    const { algorithm, key } = bucket.encryption ?? { algorithm: "AES256" };
    const id = key === undefined ? "" : `<KMSMasterKeyID>${escapeXml(key)}</KMSMasterKeyID>`;
    const rule = `<ApplyServerSideEncryptionByDefault><SSEAlgorithm>${algorithm}</SSEAlgorithm>${id}</ApplyServerSideEncryptionByDefault>`;
    return { text: `<ServerSideEncryptionConfiguration><Rule>${rule}</Rule></ServerSideEncryptionConfiguration>` };
  }
  const prefix = url.searchParams.get("prefix") ?? "";
  const max = Number(url.searchParams.get("max-keys") ?? 1000);
  const after = url.searchParams.get("continuation-token") ?? url.searchParams.get("start-after") ?? "";
  const keys = [...bucket.objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const page = keys.slice(0, max);
  const more = keys.length > max;
  const contents = page.map((key) => `<Contents><Key>${escapeXml(key)}</Key></Contents>`).join("");
  const next = more ? `<NextContinuationToken>${escapeXml(page.at(-1) ?? "")}</NextContinuationToken>` : "";
  return {
    text: `<ListBucketResult><KeyCount>${page.length}</KeyCount><IsTruncated>${more}</IsTruncated>${next}${contents}</ListBucketResult>`,
  };
}
