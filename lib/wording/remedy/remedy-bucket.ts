import type { JsonObject } from "../../core/model/json.ts";
import { collect } from "../../core/model/path.ts";
import type { Reason } from "../../core/model/reason.ts";
import type { SettingVerdict } from "../../core/model/types.ts";
import { s3LocationOf } from "../../core/read/s3-location.ts";
import { shellWord } from "../../text/shell-word.ts";
import { FILL_IN, type Place, regionIn } from "./fill-in.ts";
import { awsCommand } from "./remedy-shell.ts";

const MAX_BUCKETS = 12;

/** The commands that set a default key on each bucket with a finding. */
export function bucketCommands(
  findings: readonly SettingVerdict[],
  request: JsonObject,
  key: string,
  place: Place,
): string[] {
  const buckets = findings.flatMap((finding) => bucketOf(finding, request));
  return [...new Set(buckets)].slice(0, MAX_BUCKETS).map((bucket) =>
    awsCommand("s3api put-bucket-encryption", [
      `--region ${regionIn(place)} --bucket ${bucket}`,
      `--server-side-encryption-configuration '{"Rules": [{
    "BucketKeyEnabled": true,
    "ApplyServerSideEncryptionByDefault": {
      "SSEAlgorithm": "aws:kms",
      "KMSMasterKeyID": "${key}"}}]}'`,
    ]),
  );
}

/** The bucket's name, if it is safe in a command; nothing for a place that takes no default key. */
function bucketOf({ path, reason }: SettingVerdict, request: JsonObject): string[] {
  const value = collect(request, path)[0]?.value;
  const location = typeof value === "string" ? s3LocationOf(value) : undefined;
  if (location !== undefined) return location.is === "bucket" ? [shellWord(location.name) ?? FILL_IN] : [];
  return [shellWord(bucketIn(reason)) ?? FILL_IN];
}

/** The bucket that a reason names. A pipeline's request has no path to it. */
const bucketIn = (reason: Reason | undefined): string | undefined =>
  reason !== undefined && "bucket" in reason && typeof reason.bucket === "string" ? reason.bucket : undefined;
