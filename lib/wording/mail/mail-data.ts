import { collect } from "../../core/model/path.ts";
import { joined, ownText, type SafeText, safeText } from "../../text/safe-text.ts";
import { quoted } from "../../text/untrusted.ts";
import type { MailText } from "./mail-text.ts";

const MAX_PLACES = 5;

/** Members next to a key member that name the data's S3 location (SageMaker API Reference). */
export const LOCATIONS = [
  "S3OutputPath",
  "S3OutputLocation",
  "S3FailurePath",
  "S3ArtifactPath",
  "S3Uri",
  "OutputS3Uri",
  "DestinationS3Uri",
  "Destination",
  "CompiledOutputConfig.S3OutputUri",
  "Outputs[].S3Output.S3Uri",
  "MonitoringOutputs[].S3Output.S3Uri",
] as const;

/** The data that the findings affect: the mount points of the volume, and the locations in S3. */
export function dataOf(mailText: MailText): SafeText {
  const { findings, kind } = mailText;
  const volumes = findings.some(({ protects }) => /volume|studio-storage/.test(protects));
  const s3 = placesIn(mailText);
  const more = s3.length - MAX_PLACES;
  const places = [
    ...(volumes && kind?.mounts ? kind.mounts.map(ownText) : []),
    ...s3.slice(0, MAX_PLACES),
    ...(more > 0 ? [safeText`${more} more places in S3`] : []),
  ];
  return places.length > 0 ? safeText`The affected data: ${joined(places, ", ")}.` : safeText``;
}

function placesIn({ facts, findings }: MailText): SafeText[] {
  const { request } = facts;
  if (request === "omitted") return [];
  const parents = findings.flatMap(({ path }) => (path.includes(".") ? [path.slice(0, path.lastIndexOf("."))] : []));
  const found = parents.flatMap((parent) => LOCATIONS.flatMap((location) => collect(request, `${parent}.${location}`)));
  const values = found.flatMap(({ value }) => (typeof value === "string" && value.startsWith("s3://") ? [value] : []));
  return [...new Set(values.map((value) => quoted(value, 200)))];
}
