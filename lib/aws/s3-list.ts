import { defined } from "../core/model/defined.ts";
import type { ListKeys } from "../ports/listing.ts";
import { unavailableFrom } from "./failure.ts";
import { clientOptions, type Target } from "./target.ts";

/** Lists a bucket, which `owner` must own: one call for each 1,000 keys (ListObjectsV2, API Reference). */
export function createS3List(target: Target, bucket: string, owner: string): ListKeys {
  return async (prefix) => {
    try {
      const { ListObjectsV2Command, S3Client } = await import("./s3-list-commands.ts");
      const forcePathStyle = target.endpoint ? true : undefined;
      const client = new S3Client({ ...clientOptions(target), ...defined({ forcePathStyle }) });
      const keys: string[] = [];
      let next: string | undefined;
      do {
        const page = await client.send(
          new ListObjectsV2Command({
            Bucket: bucket,
            ExpectedBucketOwner: owner,
            Prefix: prefix,
            ...defined({ ContinuationToken: next }),
          }),
        );
        keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
        next = page.NextContinuationToken;
      } while (next !== undefined);
      return { is: "listed", keys };
    } catch (error) {
      return unavailableFrom(error);
    }
  };
}
