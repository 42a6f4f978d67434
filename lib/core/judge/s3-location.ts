/** Where a place in S3 is, as far as its URI tells. */
export type Place =
  | { readonly is: "bucket" | "directory-bucket"; readonly name: string }
  | { readonly is: "unclear"; readonly because: string };

const NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const DIRECTORY = /^[a-z0-9][a-z0-9-]*--[a-z0-9-]+--x-s3$/;
const URL_HOST = /^https:\/\/(?:([^/]+)\.)?s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?\/([^/]*)/;

/**
 * The bucket of `s3://bucket/prefix`, or of an `https` URL of S3. Directory buckets are told apart by their suffix; access
 * points lead to a bucket that only S3 knows (S3 User Guide, "Bucket naming rules", "Directory bucket naming rules").
 */
export function placeOf(uri: string): Place {
  const [, host, first] = URL_HOST.exec(uri) ?? [];
  const name = host ?? first ?? /^s3:\/\/(arn:[^/]*|[^/]*)/.exec(uri)?.[1];
  if (name === undefined) return unclear("not a place in S3");
  if (name.startsWith("arn:")) return unclear("an access point: the bucket behind it is not in the record");
  if (/-s3alias$|--ol-s3$|^[a-z0-9-]+\.mrap$/.test(name)) {
    return unclear("an access point's alias: the bucket behind it is not in the record");
  }
  if (DIRECTORY.test(name)) return { is: "directory-bucket", name };
  return NAME.test(name) ? { is: "bucket", name } : unclear(`"${name.slice(0, 63)}" is no name that a bucket can have`);
}

const unclear = (because: string): Place => ({ is: "unclear", because });
