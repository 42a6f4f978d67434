import type { Answer } from "../core/model/types.ts";
import { unknownFrom } from "./failure.ts";
import { clientOptions, type Target } from "./target.ts";

/** Asks S3 what a bucket encrypts with by default, wherever it is. The client is loaded with the first call. */
export function createBuckets(target: Target): (bucket: string) => Promise<Answer> {
  const load = async () => {
    const { GetBucketEncryptionCommand, S3Client } = await import("./s3-commands.ts");
    const path = target.endpoint ? { forcePathStyle: true } : {};
    const client = new S3Client({ ...clientOptions(target), ...path, followRegionRedirects: true });
    return { GetBucketEncryptionCommand, client };
  };
  let loaded: ReturnType<typeof load> | undefined;
  return async (bucket) => {
    try {
      loaded ??= load();
      const { GetBucketEncryptionCommand, client } = await loaded;
      const { ServerSideEncryptionConfiguration } = await client.send(
        new GetBucketEncryptionCommand({ Bucket: bucket }),
      );
      const rule = ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
      const key = rule?.KMSMasterKeyID;
      return { is: "bucket", algorithm: rule?.SSEAlgorithm ?? SSE_S3, ...(key ? { key } : {}) };
    } catch (error) {
      if (error instanceof Error && error.name === "ServerSideEncryptionConfigurationNotFoundError") {
        return { is: "bucket", algorithm: SSE_S3 };
      }
      return unknownFrom(error);
    }
  };
}

/** What a bucket without a configuration of its own has had since January 2023. */
const SSE_S3 = "AES256";
