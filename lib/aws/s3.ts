import { defined } from "../core/model/defined.ts";
import type { Read, Store, Unavailable, Written } from "../ports/store.ts";
import { unavailableFrom } from "./failure.ts";
import { clientOptions, type Target } from "./target.ts";

/**
 * A store in an S3 bucket that uses conditional writes (S3 User Guide, "Conditional writes"). `owner` is the account
 * that must own the bucket; S3 refuses a bucket of another account. The client is loaded with the first call.
 */
export function createS3Store(target: Target, bucket: string, owner: string): Store {
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

  const write = async (key: string, value: object, condition: object): Promise<Written> => {
    try {
      const { sdk, client } = await use();
      const { ETag } = await client.send(
        new sdk.PutObjectCommand({
          ...objectAt(key),
          Body: JSON.stringify(value),
          ContentType: "application/json",
          ...condition,
        }),
      );
      return ETag ? { is: "written", etag: ETag } : incomplete("an ETag");
    } catch (error) {
      return isRefusal(error) ? { is: "refused" } : unavailableFrom(error);
    }
  };

  return {
    create: (key, value) => write(key, value, { IfNoneMatch: "*" }),
    replace: (key, value, etag) => write(key, value, { IfMatch: etag }),
    async read(key) {
      try {
        const { sdk, client } = await use();
        const { Body, ETag } = await client.send(new sdk.GetObjectCommand(objectAt(key)));
        const text = await Body?.transformToString();
        return text === undefined || !ETag ? incomplete("a body or an ETag") : found(text, ETag);
      } catch (error) {
        return error instanceof Error && error.name === "NoSuchKey" ? { is: "absent" } : unavailableFrom(error);
      }
    },
  };
}

function found(text: string, etag: string): Read {
  try {
    return { is: "found", value: JSON.parse(text), etag };
  } catch {
    return incomplete("valid JSON");
  }
}

const incomplete = (lacks: string): Unavailable => ({
  is: "unavailable",
  reason: { code: "incomplete-answer", service: "S3", lacks },
  retryable: true,
});

/** 412: the condition is false. 409: another conditional write to the same key was in progress and won. */
function isRefusal(error: unknown): boolean {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return status === 412 || status === 409;
}
