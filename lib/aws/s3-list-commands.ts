/** Only the daily function lists the ledger. */
export { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
