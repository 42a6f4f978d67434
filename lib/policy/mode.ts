/** From the weakest to the strongest. */
export const MODES = ["off", "observe", "enforce"] as const;
export type Mode = (typeof MODES)[number];

/** The weakest of some modes. */
export const weakestOf = (...modes: readonly Mode[]): Mode => MODES.find((mode) => modes.includes(mode)) ?? "enforce";

export const isMode = (value: unknown): value is Mode => (MODES as readonly unknown[]).includes(value);
