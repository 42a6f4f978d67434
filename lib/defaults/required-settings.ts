import { operations } from "../catalogue/operations.ts";
import type { Protects } from "../catalogue/protects.ts";
import type { Operation, Setting } from "../catalogue/vocabulary.ts";

/** The operations whose own request needs a key or a flag, with those settings. `isRequired`: by the policy. */
export const requiredSettings = (
  isRequired: (protects: Protects) => boolean,
): readonly { readonly operation: string; readonly settings: readonly Setting[] }[] =>
  operations
    .map(({ operation, settings }: Operation) => ({
      operation,
      settings: settings.filter((one) => isRequired(one.protects) && !isOnlyIfGiven(one)),
    }))
    .filter(({ settings }) => settings.length > 0);

/** True for a setting that is never missing: SageMaker takes no key, or a deprecated member is judged only if given. */
const isOnlyIfGiven = ({ path, when = [], takesNone }: Setting): boolean =>
  takesNone !== undefined || when.some((one) => one.path === path && one.is === "present");
