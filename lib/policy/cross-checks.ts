import { exemptionName } from "./exemption-name.ts";
import { type PolicyIssue, pathText } from "./issue.ts";

/** The members of a policy that are checked together. */
interface Checked {
  readonly contact?: string | undefined;
  readonly respond: Readonly<Record<string, readonly string[] | undefined>>;
  readonly undetermined: readonly string[];
  readonly exemptions: readonly { readonly name?: string | undefined }[];
}

/** The faults that no member has by itself. `document` is what the policy was read from, without its defaults. */
export function crossIssues(policy: Checked, document: unknown): readonly PolicyIssue[] {
  const givesUndetermined = isObject(document) && document.undetermined !== undefined;
  return [...missingContact(policy, givesUndetermined), ...doubledNames(policy)];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** Whoever gets a mail must learn whom to ask. The issue is at the first line that notifies; a default has no line. */
function missingContact({ contact, respond, undetermined }: Checked, givesUndetermined: boolean): PolicyIssue[] {
  if (contact !== undefined) return [];
  const kind = Object.entries(respond).find(([, actions]) => actions?.includes("notify"))?.[0];
  if (kind === undefined && !(givesUndetermined && undetermined.includes("notify"))) return [];
  const message = "notify needs `contact`: how people ask for an exemption, such as an address";
  return [{ path: kind === undefined ? ["undetermined"] : ["respond", kind], message }];
}

/** Decisions and reports know an exemption by its name alone. */
function doubledNames({ exemptions }: Checked): PolicyIssue[] {
  const first = new Map<string, number>();
  return exemptions.flatMap((exemption, i) => {
    const name = exemptionName(exemption, i);
    const earlier = first.get(name);
    if (earlier === undefined) {
      first.set(name, i);
      return [];
    }
    const path = exemption.name === undefined ? ["exemptions", i] : ["exemptions", i, "name"];
    const other = pathText(["exemptions", earlier]);
    return [{ path, message: `"${name}" is the name of ${other} too; uses are counted by name, so give it another` }];
  });
}
