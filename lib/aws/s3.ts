import { defined } from "../core/model/defined.ts";
import type { ConditionalReads, Read, Store, Unavailable, Written } from "../ports/store.ts";
import { unavailableFrom } from "./failure.ts";
import { clientOptions, type Target } from "./target.ts";

/**
 * A store in an S3 bucket that uses conditional writes (S3 User Guide, "Conditional writes"). `owner` is the account
 * that must own the bucket; S3 refuses a bucket of another account. The client is loaded with the first call.
 */
export function createS3Store(target: Target, bucket: string, owner: string): Store & ConditionalReads {
  const load = async () => {
    const sdk = await import("./s3-commands.ts");
    const forcePathStyle = target.endpoint ? true : undefined;
    return { sdk, client: new sdk.S3Client({ ...clientOptions(target), ...defined({ forcePathStyle }) }) };
  };
  let loaded: ReturnType<typeof load> | undefined;
  const use = () => {
    loaded ??= load();
    return loaded;
  };
  const objectAt = (Key: string) => ({ Bucket: bucket, Key, ExpectedBucketOwner: owner });
  const ask = async (key: string, IfNoneMatch?: string) => {
    const { sdk, client } = await use();
    const command = new sdk.GetObjectCommand({ ...objectAt(key), ...defined({ IfNoneMatch }) });
    const at = keepDate(command.middlewareStack);
    return { ...(await client.send(command)), at: at() };
  };

  const writeOnce = async (key: string, value: object, condition: object): Promise<Written | typeof CONFLICT> => {
    try {
      const { sdk, client } = await use();
      const command = new sdk.PutObjectCommand({
        ...objectAt(key),
        Body: JSON.stringify(value),
        ContentType: "application/json",
        ...condition,
      });
      const dateOf = keepDate(command.middlewareStack);
      const { ETag } = await client.send(command);
      const at = dateOf();
      return ETag && at ? { is: "written", etag: ETag, at } : incomplete("an ETag or a Date");
    } catch (error) {
      switch (statusOf(error)) {
        case 412:
          return REFUSED;
        case 409:
          return CONFLICT;
        default:
          return unavailableFrom(error);
      }
    }
  };
  const write = async (key: string, value: object, condition: object): Promise<Written> => {
    const written = await writeOnce(key, value, condition);
    if (written !== CONFLICT) return written;
    const again = await writeOnce(key, value, condition);
    return again === CONFLICT ? REFUSED : again;
  };

  const readUnless: ConditionalReads["readUnless"] = async (etag, key, maxBytes = Number.POSITIVE_INFINITY) => {
    try {
      // S3 always says the length. Where nobody does, a limit cannot be held, so the body is not read.
      const { Body, ETag, LastModified, ContentLength = Number.POSITIVE_INFINITY, at } = await ask(key, etag);
      if (ContentLength > maxBytes) return tooLarge(Body, maxBytes);
      const text = await Body?.transformToString();
      if (text === undefined || !ETag || !LastModified || !at) return incomplete("a body, an ETag or a date");
      return found(text, { etag: ETag, at, writtenAt: LastModified });
    } catch (error) {
      if (statusOf(error) === 304) return { is: "unchanged" };
      return error instanceof Error && error.name === "NoSuchKey" ? { is: "absent" } : unavailableFrom(error);
    }
  };

  return {
    create: (key, value) => write(key, value, { IfNoneMatch: "*" }),
    replace: (key, value, etag) => write(key, value, { IfMatch: etag }),
    readUnless,
    async read(key) {
      const read = await readUnless(undefined, key);
      return read.is === "unchanged" ? incomplete("a body") : read;
    },
  };
}

/** The rest of the body is not read. */
function tooLarge(body: object | undefined, maxBytes: number): Unavailable {
  (body as { destroy?(): void } | undefined)?.destroy?.();
  return { is: "unavailable", reason: { code: "object-too-large", maxBytes }, retryable: false };
}

/**
 * Keeps the `Date` of the answer to a command: the time of S3, which the SDK does not return. Returns how to read it once
 * the answer is there.
 */
function keepDate(stack: {
  add(middleware: Middleware, options: { step: "deserialize" }): void;
}): () => Date | undefined {
  let date: string | undefined;
  stack.add(
    (next) => async (args) => {
      const result = await next(args);
      date = result.response.headers?.date;
      return result;
    },
    { step: "deserialize" },
  );
  return () => (date === undefined || Number.isNaN(Date.parse(date)) ? undefined : new Date(date));
}

// biome-ignore lint/suspicious/noExplicitAny: the SDK's own types of a middleware differ from command to command.
type Middleware = (next: (args: any) => Promise<any>) => (args: any) => Promise<any>;

function found(text: string, about: { readonly etag: string; readonly at: Date; readonly writtenAt: Date }): Read {
  try {
    return { is: "found", value: JSON.parse(text), ...about };
  } catch {
    return incomplete("valid JSON");
  }
}

const incomplete = (lacks: string): Unavailable => ({
  is: "unavailable",
  reason: { code: "incomplete-answer", service: "S3", lacks },
  retryable: true,
});

/** 412: the condition is false. */
const REFUSED = { is: "refused" } as const;

/**
 * 409: another conditional request to the same key was in progress, so the condition was not even evaluated. S3 asks for
 * a second attempt (S3 User Guide, "Conditional writes"); after that the other request counts as the winner.
 */
const CONFLICT = "conflict";

const statusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
