/** The account and Region that receive the calls. Another account needs other credentials. */
export interface Target {
  readonly region: string;
  /** Only for an embedded AWS. Without it the SDK resolves the endpoint, from `AWS_ENDPOINT_URL` too. */
  readonly endpoint?: string;
  /** The time-out of one attempt, in milliseconds. */
  readonly timeoutMs?: number;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/**
 * The options of every client. By default the SDK has no time-out, and it only logs a warning for a slow request. With
 * three attempts a call ends within twenty seconds.
 */
export const clientOptions = ({ timeoutMs = 5_000, ...target }: Target) => ({
  ...target,
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: Math.max(1_000, timeoutMs / 5),
    requestTimeout: timeoutMs,
    throwOnRequestTimeout: true,
  },
});
