/** Where calls go: one account and Region. Acting in another account is a matter of other credentials. */
export interface Target {
  readonly region: string;
  /** Only for a stand-in of AWS; else the SDK's own resolution, `AWS_ENDPOINT_URL` included. */
  readonly endpoint?: string;
  /** How long one attempt may take. */
  readonly timeoutMs?: number;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/**
 * What every client is made with. The SDK has no time-out of its own, and would only warn of one that is passed;
 * with three attempts a call ends within twenty seconds.
 */
export const clientOptions = ({ timeoutMs = 5_000, ...target }: Target) => ({
  ...target,
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: timeoutMs, throwOnRequestTimeout: true },
});
