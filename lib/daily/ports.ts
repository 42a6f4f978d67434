import type { Clocks } from "../enforce/clocks.ts";
import type { ListKeys } from "../ports/listing.ts";
import type { Ports, Result } from "../ports/ports.ts";
import type { Store } from "../ports/store.ts";
import type { Mail } from "../wording/mail/mail.ts";
import type { DueMail } from "./day.ts";

/** Everything that a daily run needs from outside. */
export interface DailyPorts extends Clocks {
  readonly store: Store;
  readonly list: ListKeys;
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
  /** From the policy in force. */
  readonly contact?: string | undefined;
  readonly stack?: string | undefined;
  /** Publishes to the topic of a mail. */
  publish(mail: Mail, to: Pick<DueMail, "kind" | "to">): Promise<Result>;
  alarm: Ports["alarm"];
  wait: Ports["wait"];
}
