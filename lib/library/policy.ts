/** The package's entry `keyward/policy`: the reader of policies, with its YAML parser and its schema. */
export { type LoadedPolicy, loadPolicy, type PolicyProblem, readPolicy } from "../policy/read-policy.ts";
export type { Policy } from "../policy/schema.ts";
export { versionOf } from "../policy/version.ts";
