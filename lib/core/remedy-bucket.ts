import { placeOf } from "./bucket.ts";
import { collect } from "./member.ts";
import { isBucket } from "./protects.ts";
import { shellWord } from "./text.ts";
import type { JsonObject, SettingVerdict } from "./types.ts";

const MAX_BUCKETS = 12;

/** Gives each bucket that was found wanting a default key. */
export function bucketCommands(findings: readonly SettingVerdict[], request: JsonObject, key: string): string[] {
  const buckets = findings.filter(isBucket).flatMap(({ path }) => {
    const value = collect(request, path)[0]?.value;
    const place = typeof value === "string" ? placeOf(value) : undefined;
    return place?.is === "bucket" ? [place.name] : place ? [] : ["YOUR-BUCKET"];
  });
  const rule = {
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: shellWord(key) ?? "alias/YOUR-KEY" },
  };
  const rules = JSON.stringify({ Rules: [{ ...rule, BucketKeyEnabled: true }] });
  return [...new Set(buckets)]
    .slice(0, MAX_BUCKETS)
    .map((bucket) =>
      [
        "aws s3api put-bucket-encryption",
        `--bucket ${bucket}`,
        `--server-side-encryption-configuration '${rules}'`,
      ].join(" \\\n  "),
    );
}
