import { defined } from "../core/model/defined.ts";
import type { Answer } from "../core/model/look-up.ts";
import { unknownFrom } from "./failure.ts";
import { clientOptions, type Target } from "./target.ts";

/** Looks up a bucket's default encryption in S3, in any Region. The client is loaded with the first call. */
export function createBuckets(target: Target): (bucket: string) => Promise<Answer> {
  const load = async () => {
    const { GetBucketEncryptionCommand, S3Client } = await import("./s3-commands.ts");
    const options = {
      ...clientOptions(target),
      ...defined({ forcePathStyle: target.endpoint ? true : undefined }),
      followRegionRedirects: true,
    };
    return { GetBucketEncryptionCommand, client: new S3Client(options) };
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
      return {
        is: "bucket",
        algorithm: rule?.SSEAlgorithm ?? SSE_S3,
        ...defined({ key: rule?.KMSMasterKeyID || undefined }),
      };
    } catch (error) {
      if (error instanceof Error && error.name === "ServerSideEncryptionConfigurationNotFoundError") {
        return { is: "bucket", algorithm: SSE_S3 };
      }
      return unknownFrom(error);
    }
  };
}

/** The default encryption of every bucket that has no configuration, since January 2023. */
const SSE_S3 = "AES256";
