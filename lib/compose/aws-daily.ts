import { createS3Store } from "../aws/s3.ts";
import { createS3List } from "../aws/s3-list.ts";
import { createPublisher } from "../aws/sns.ts";
import type { Target } from "../aws/target.ts";
import { createInForce } from "../control/in-force.ts";
import type { DailyPorts } from "../daily/ports.ts";
import { faultLine } from "../enforce/record.ts";
import { createAlarms } from "../enforce/store/alarms.ts";
import type { Mode } from "../policy/mode.ts";
import type { Policy } from "../policy/schema.ts";
import type { Ports } from "../ports/ports.ts";
import type { Unavailable } from "../ports/store.ts";
import { homeOf } from "./home.ts";
import { createNotify } from "./notify.ts";

export interface DailyOptions {
  readonly policy: Policy;
  readonly mode: Mode;
  readonly topicArn: string;
  readonly operatorsTopicArn: string;
  readonly routeTopicArns: readonly string[];
  readonly ledgerBucket: string;
  readonly stack: string;
  readonly log: (line: string) => void;
  readonly target?: Omit<Target, "region">;
  readonly now?: () => Date;
  readonly elapsed?: () => number;
  readonly wait?: (ms: number) => Promise<void>;
}

/** The ports of a daily run on AWS; undefined where Keyward is switched off. */
export async function awsDaily(options: DailyOptions): Promise<DailyPorts | undefined | Unavailable> {
  const { topicArn, operatorsTopicArn, routeTopicArns, ledgerBucket, log, stack, target = {} } = options;
  const now = options.now ?? (() => new Date());
  const elapsed = options.elapsed ?? (() => performance.now());
  const where = homeOf(topicArn);
  const home = { ...target, region: where.region };
  const store = createS3Store(home, ledgerBucket, where.account);
  const operators = createPublisher(home, operatorsTopicArn);
  const recordFault: Ports["recordFault"] = (at, error) => log(faultLine(at, error));
  const alarm = createAlarms({ store, publish: operators, waiting: async () => undefined, where, now, recordFault });
  const control = (reason: Parameters<Ports["alarm"]>[0]["reason"]) => alarm({ kind: "control", reason });
  const inForce = await createInForce({
    reads: store,
    builtIn: options.policy,
    parameter: options.mode,
    elapsed,
    alarm: control,
  })();
  if (inForce.is === "unavailable") return inForce;
  const { policy } = inForce;
  if (policy.mode === "off") return undefined;
  const users = createNotify(home, { topicArn, routeTopicArns }, alarm);
  return {
    ...where,
    store,
    list: createS3List(home, ledgerBucket, where.account),
    bucket: ledgerBucket,
    stack,
    contact: policy.contact,
    now,
    elapsed,
    wait: options.wait ?? ((ms) => new Promise((done) => setTimeout(done, ms))),
    alarm,
    publish: (mail, { kind, to }) => (kind === "summary" ? operators(mail) : users(mail, to ?? undefined)),
  };
}
