import { defined } from "../core/model/defined.ts";
import type { Policy } from "../policy/schema.ts";
import { requiredSettings } from "./required-settings.ts";
import { type LeftOut, type Reading, type SdkMember, type SdkVersion, sdkMembers } from "./sdk-members.ts";
import { STUDIO_OPERATIONS, type StudioOperation, type Target } from "./targets.ts";

/** Why a default reaches a setting in part, or not at all. */
export type Limit = Exclude<Reading, "always"> | LeftOut;

/** What a default does for one setting of the catalogue. */
export interface Coverage {
  readonly operation: string;
  /** API spelling, as in the catalogue. */
  readonly path: string;
  readonly protects: string;
  readonly reached: "yes" | "partly" | "no";
  readonly because?: Limit;
  /** The path in the SDK's file from which the setting is filled, below `SageMaker`. */
  readonly config?: string;
  /** The other documents that reach it, at least in part. Present where this one does not. */
  readonly elsewhere?: readonly Target[];
}

type Reach = Pick<Coverage, "reached" | "because" | "config">;

/**
 * What the document of a target reaches, for every setting that the policy requires: computed from the catalogue, so a
 * new key member is "no" until a row says otherwise.
 */
export function coverageOf(target: Target, studio: StudioOperation, policy: Policy): Coverage[] {
  return requiredSettings((protects) => policy.require[protects]).flatMap(({ operation, settings }) =>
    settings.map(({ path, protects }) => {
      const reach = reachOf(target, studio, operation, path);
      const others = reach.reached === "no" ? elsewhere(operation, path) : undefined;
      return { operation, path, protects, ...reach, ...defined({ elsewhere: others }) };
    }),
  );
}

const reachOf = (target: Target, studio: StudioOperation, operation: string, path: string): Reach =>
  target === "studio" ? { reached: operation === studio ? "yes" : "no" } : sdkReach(operation, path, versionOf(target));

const elsewhere = (operation: string, path: string): Target[] => [
  ...(["v2", "v3"] as const).flatMap((version) =>
    sdkReach(operation, path, version).reached === "no" ? [] : [`sdk-${version}` as const],
  ),
  ...(STUDIO_OPERATIONS.some((one) => one === operation) ? ["studio" as const] : []),
];

/** A lifecycle configuration installs the file of version 2, which version 3 accepts too. */
export const versionOf = (target: Exclude<Target, "studio">): SdkVersion => (target === "sdk-v3" ? "v3" : "v2");

function sdkReach(operation: string, path: string, version: SdkVersion): Reach {
  const members = sdkMembers.filter((one) => one.operation === operation && one.path === path && !one.only);
  const read = members.filter((one) => one[version] !== undefined);
  const [best] = [...read].sort((a, b) => rank(a, version) - rank(b, version));
  if (best === undefined) return { reached: "no" };
  if (best.leftOut !== undefined) return { reached: "no", because: best.leftOut };
  const reading = best[version];
  const because = reading === "always" ? undefined : reading;
  return { reached: because === undefined ? "yes" : "partly", ...defined({ because }), config: best.config };
}

const rank = (member: SdkMember, version: SdkVersion): number =>
  member.leftOut !== undefined ? 2 : member[version] === "always" ? 0 : 1;
