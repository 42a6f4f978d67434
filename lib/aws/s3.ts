import type { Store, Unavailable, Written } from "../ports/store.ts";
import { failureOf } from "./failure.ts";
import { clientOptions, type Target } from "./target.ts";

/**
 * A store in an S3 bucket, by conditional writes (S3 User Guide, "Conditional writes"). `owner` is the account that must
 * own the bucket; another's is refused by S3 itself. The client is loaded with the first call.
 */
export function createS3Store(target: Target, bucket: string, owner: string): Store {
  const load = async () => {
    const sdk = await import("./s3-commands.ts");
    const path = target.endpoint ? { forcePathStyle: true } : {};
    return { sdk, client: new sdk.S3Client({ ...clientOptions(target), ...path }) };
  };
  let loaded: ReturnType<typeof load> | undefined;
  const use = () => {
    loaded ??= load();
    return loaded;
  };
  const of = (Key: string) => ({ Bucket: bucket, Key, ExpectedBucketOwner: owner });

  const write = async (key: string, value: object, condition: object): Promise<Written> => {
    try {
      const { sdk, client } = await use();
      const body = { Body: JSON.stringify(value), ContentType: "application/json" };
      const { ETag } = await client.send(new sdk.PutObjectCommand({ ...of(key), ...body, ...condition }));
      return ETag ? { is: "written", etag: ETag } : unavailable(new Error("S3 answered without an ETag"));
    } catch (error) {
      return isRefusal(error) ? { is: "refused" } : unavailable(error);
    }
  };

  return {
    create: (key, value) => write(key, value, { IfNoneMatch: "*" }),
    replace: (key, value, etag) => write(key, value, { IfMatch: etag }),
    async read(key) {
      try {
        const { sdk, client } = await use();
        const { Body, ETag } = await client.send(new sdk.GetObjectCommand(of(key)));
        const text = await Body?.transformToString();
        if (text === undefined || !ETag) return unavailable(new Error("S3 answered without a body or an ETag"));
        return { is: "found", value: JSON.parse(text), etag: ETag };
      } catch (error) {
        return error instanceof Error && error.name === "NoSuchKey" ? { is: "absent" } : unavailable(error);
      }
    },
  };
}

/** 412: the condition did not hold. 409: another conditional write of the same key was under way, and went first. */
function isRefusal(error: unknown): boolean {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return status === 412 || status === 409;
}

function unavailable(error: unknown): Unavailable {
  const failure = failureOf(error);
  return { is: "unavailable", because: failure.because, retryable: failure.is === "failed" && failure.retryable };
}
