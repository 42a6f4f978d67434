import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { startEmbedded } from "../../lib/cli/input/start-embedded.ts";
import type { ApiCall } from "../../lib/core/model/types.ts";
import { parse } from "../../lib/core/read/parse.ts";
import { respond } from "../../lib/enforce/respond.ts";
import type { Policy } from "../../lib/policy/schema.ts";
import { BUCKET, firstDelivery, mailsOf, portsOn } from "./world.ts";

export interface ShippedMail {
  readonly file: string;
  /** Absent for a change of a notebook's state. */
  readonly call: ApiCall | undefined;
  readonly subject: string;
  readonly email: string;
  readonly chat: { readonly content: { title: string; description: string; nextSteps: string[] } };
}

/** The first mail of each event that comes with Keyward, each on an embedded AWS of its own time. */
export async function shippedMails(policy: Policy): Promise<ShippedMail[]> {
  const { aws } = await startEmbedded(undefined, undefined, new Date("2026-11-02T09:15:00Z"));
  try {
    aws.buckets.set(BUCKET, { objects: new Map() });
    const limits = { ...policy.limits, "stops-per-hour": 10_000, "stops-per-hour-per-principal": 10_000 };
    const ports = portsOn(aws, { ...policy, limits });
    const mails: ShippedMail[] = [];
    for (const file of files()) {
      const event = JSON.parse(readFileSync(join("events", file), "utf8"));
      const parsed = parse(event);
      if (parsed.is === "call") aws.sagemaker.apply(parsed);
      const before = mailsOf(aws).length;
      await respond(event, ports, firstDelivery({ aws }));
      const mail = mailsOf(aws)[before];
      if (mail === undefined) continue;
      mails.push({
        file,
        call: parsed.is === "call" ? parsed : undefined,
        subject: mail.subject ?? "",
        email: mail.messages.email ?? "",
        chat: JSON.parse(mail.messages.https ?? "{}"),
      });
    }
    return mails;
  } finally {
    await aws.close();
  }
}

/** The snippets of a mail, which its chat variant has between fences. */
export const snippetsOf = ({ chat }: ShippedMail): string[] =>
  [...chat.content.description.matchAll(/^```\n(.*?)\n```$/gms)].map(([, code]) => code ?? "");

const files = (): string[] =>
  readdirSync("events", { recursive: true, encoding: "utf8" })
    .filter((file) => /[\\/].*\.json$/.test(file))
    .sort();
