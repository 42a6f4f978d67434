import { isBucket } from "../../catalogue/protects.ts";
import type { JsonObject } from "../../core/model/json.ts";
import { collect } from "../../core/model/path.ts";
import type { SettingVerdict } from "../../core/model/types.ts";
import { s3LocationOf } from "../../core/read/s3-location.ts";
import { shellWord } from "../../text/shell-word.ts";

const MAX_BUCKETS = 12;

/** The commands that set a default key on each bucket with a finding. */
export function bucketCommands(findings: readonly SettingVerdict[], request: JsonObject, key: string): string[] {
  const buckets = findings.filter(isBucket).flatMap(({ path }) => {
    const value = collect(request, path)[0]?.value;
    const location = typeof value === "string" ? s3LocationOf(value) : undefined;
    return location?.is === "bucket" ? [shellWord(location.name) ?? "YOUR-BUCKET"] : location ? [] : ["YOUR-BUCKET"];
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
