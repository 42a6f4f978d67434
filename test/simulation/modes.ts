/** How often something goes wrong, in parts of a thousand of the calls or answers; and what else a mode does. */
export interface Mode {
  readonly describe: string;
  /** The process is killed while it waits for an answer. */
  readonly kill: number;
  /** The process stands still, for up to six minutes, and goes on with the answer after that. */
  readonly freeze: number;
  /** The service does it, and its answer is lost. */
  readonly lost: number;
  /** The service refuses: throttled. */
  readonly throttled: number;
  /** S3 answers a conditional write with 409. */
  readonly conflict: number;
  /** Hours of an outage of S3, SageMaker or SNS. */
  readonly outages: number;
  /** SNS takes every mail, and never answers. */
  readonly silentSns: boolean;
  /** The clocks of processes are wrong by up to hours, and jump. */
  readonly clocks: boolean;
  /** A message is delivered up to so many times at once. */
  readonly copies: number;
  /** Operators move messages from the dead-letter queue back. */
  readonly redrives: number;
  /** S3 refuses the function for hours: its bucket's policy or key is wrong. */
  readonly denials: number;
}

const CALM: Mode = {
  describe: "nothing goes wrong",
  kill: 0,
  freeze: 0,
  lost: 0,
  throttled: 0,
  conflict: 0,
  outages: 0,
  silentSns: false,
  clocks: false,
  copies: 1,
  redrives: 0,
  denials: 0,
};

export const modes = {
  calm: CALM,
  copies: { ...CALM, describe: "up to five copies of each message at once", copies: 5 },
  crashes: { ...CALM, describe: "processes are killed between any two steps", kill: 40, copies: 2 },
  frozen: { ...CALM, describe: "processes stand still past their lease", freeze: 40, copies: 3 },
  lost: { ...CALM, describe: "answers are lost, S3 answers 409", lost: 60, throttled: 30, conflict: 40, copies: 2 },
  silent: { ...CALM, describe: "SNS takes every mail and never answers", silentSns: true, copies: 2, redrives: 3 },
  outage: { ...CALM, describe: "S3, SageMaker or SNS refuse for hours", outages: 3, copies: 2, redrives: 1 },
  denied: { ...CALM, describe: "S3 denies the function for hours", denials: 2, kill: 10 },
  clocks: { ...CALM, describe: "clocks are wrong and jump", clocks: true, freeze: 10, kill: 10, copies: 2 },
  chaos: {
    describe: "everything at once",
    kill: 25,
    freeze: 15,
    lost: 30,
    throttled: 30,
    conflict: 20,
    outages: 2,
    silentSns: false,
    clocks: true,
    copies: 3,
    redrives: 3,
    denials: 0,
  },
} as const satisfies Readonly<Record<string, Mode>>;

export type ModeName = keyof typeof modes;
