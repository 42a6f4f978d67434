/** Where calls go: one account and Region. Another account takes other credentials. */
export interface Target {
  readonly region: string;
  /** Only for an embedded AWS; otherwise the SDK resolves it, `AWS_ENDPOINT_URL` included. */
  readonly endpoint?: string;
  /** How long one attempt may take, in milliseconds. */
  readonly timeoutMs?: number;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/**
 * The options of every client. The SDK has no time-out by default, and would only warn when one has passed;
 * with three attempts a call ends within twenty seconds.
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
