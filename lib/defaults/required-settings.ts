import { operations } from "../catalogue/operations.ts";
import type { Operation, Setting } from "../catalogue/vocabulary.ts";
import type { Policy } from "../policy/schema.ts";

/** The operations whose own request needs a key or a flag by the policy, with those settings. */
export const requiredSettings = (
  policy: Policy,
): readonly { readonly operation: string; readonly settings: readonly Setting[] }[] =>
  operations
    .map(({ operation, settings }: Operation) => ({
      operation,
      settings: settings.filter((one) => policy.require[one.protects] && !isOnlyIfGiven(one)),
    }))
    .filter(({ settings }) => settings.length > 0);

/** True for a setting that is never missing: SageMaker takes no key, or a deprecated member is judged only if given. */
const isOnlyIfGiven = ({ path, when = [], takesNone }: Setting): boolean =>
  takesNone !== undefined || when.some((one) => one.path === path && one.is === "present");
