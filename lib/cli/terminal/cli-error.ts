/** A fault of the call itself: told in one line, exit code 2. */
export class CliError extends Error {}

/** Exit codes: all is well; something is non-compliant and that was to fail; the call or an input is at fault. */
export const EXIT = { fine: 0, nonCompliant: 1, fault: 2 } as const;
