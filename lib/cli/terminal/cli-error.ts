/** An error of the user's call: printed in one line, exit code 2. */
export class CliError extends Error {}

/** Exit codes: no fault; a non-compliant verdict that must fail the run; a fault in the call or an input. */
export const EXIT = { fine: 0, nonCompliant: 1, fault: 2 } as const;
