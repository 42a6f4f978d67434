/** The documents that `keyward defaults` prints. */
export const TARGETS = ["sdk-v2", "sdk-v3", "studio", "lifecycle"] as const;
export type Target = (typeof TARGETS)[number];

/** The requests that carry Studio's keys; the first is the default of `--operation`. */
export const STUDIO_OPERATIONS = ["CreateDomain", "UpdateDomain", "CreateUserProfile", "UpdateUserProfile"] as const;
export type StudioOperation = (typeof STUDIO_OPERATIONS)[number];
