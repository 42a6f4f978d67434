import { type EmbeddedAws, startEmbeddedAws } from "../local/embedded-aws.ts";
import type { LocalResource } from "../local/sagemaker-resource.ts";
import { DEFAULT_WORLD, readWorld } from "./world.ts";

/** Starts an embedded AWS that holds what a world file says, or the one that comes with Keyward. */
export async function startWorld(
  file: string | undefined,
  account: string | null | undefined,
  now: Date,
): Promise<{ readonly aws: EmbeddedAws; readonly given: ReadonlySet<LocalResource> }> {
  const { keys, buckets, resources } = await readWorld(file ?? DEFAULT_WORLD);
  const aws = await startEmbeddedAws({ keys, ...(account ? { account } : {}), now });
  for (const { name, algorithm, key, denied } of buckets) {
    aws.buckets.set(name, { encryption: { algorithm, ...(key ? { key } : {}) }, denied, objects: new Map() });
  }
  return { aws, given: new Set(resources.map((resource) => aws.sagemaker.add(resource))) };
}
