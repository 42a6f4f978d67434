import { defined } from "../../core/model/defined.ts";
import { type EmbeddedAws, startEmbeddedAws } from "../../local/embedded-aws.ts";
import { readFixtures } from "../../local/fixtures.ts";
import type { LocalResource } from "../../local/sagemaker-resource.ts";
import { CliError } from "../terminal/cli-error.ts";
import { shipped } from "./shipped.ts";

const DEFAULT_FIXTURES = shipped("events/world.json");

/** Starts an embedded AWS with the state in a fixtures file (default: the file that comes with Keyward). */
export async function startEmbedded(
  file: string | undefined,
  account: string | null | undefined,
  now: Date,
): Promise<{ readonly aws: EmbeddedAws; readonly given: ReadonlySet<LocalResource> }> {
  const fixtures = await readFixtures(file ?? DEFAULT_FIXTURES);
  if ("fault" in fixtures) throw new CliError(`${fixtures.fault}; see ${DEFAULT_FIXTURES} for an example`);
  const { keys, buckets, resources } = fixtures;
  const aws = await startEmbeddedAws({ keys, now, ...defined({ account: account || undefined }) });
  for (const { name, algorithm, key, denied } of buckets) {
    aws.buckets.set(name, { encryption: { algorithm, ...defined({ key }) }, denied, objects: new Map() });
  }
  return { aws, given: new Set(resources.map((resource) => aws.sagemaker.add(resource))) };
}
