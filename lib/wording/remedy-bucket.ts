import { isBucket } from "../catalogue/protects.ts";
import { placeOf } from "../core/judge/s3-location.ts";
import { collect } from "../core/model/member.ts";
import type { JsonObject, SettingVerdict } from "../core/model/types.ts";
import { shellWord } from "../text/one-line.ts";

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
