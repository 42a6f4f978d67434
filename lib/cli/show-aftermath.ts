import type { Decision } from "../core/types.ts";
import type { EmbeddedAws } from "../local/embedded-aws.ts";
import { showOutcome } from "./show-decision.ts";
import { paint, print, safe, table } from "./terminal.ts";

/** A later delivery of an unfinished event, or a state change: only what came of it. */
export function showLater({ resource, eventName, actions }: Decision, minutes: number): void {
  const what = resource ? `${resource.kind} ${safe(resource.name, 80)}` : safe(eventName);
  print(`${paint("dim", `+${minutes} min`)}  ${paint("bold", what)}  ${paint("dim", safe(eventName))}`);
  for (const action of actions) print(`    ${showOutcome(action)}`);
}

/** What the events left behind: the mails that went out, the state of every resource, and the calls that it took. */
export function showAftermath(aws: EmbeddedAws, decisions: readonly Decision[], deadLetters: number): void {
  const mails = aws.sns.publications;
  print(`\n${heading(mails.length === 1 ? "1 mail" : `${mails.length} mails`)}`);
  for (const { subject, messages } of mails) {
    print(`\n${paint("bold", `Subject: ${subject ?? "-"}`)}\n\n${indent(messages.email ?? messages.default ?? "")}`);
  }
  print(heading("Where each resource ended"));
  const named = new Set(decisions.map(({ resource }) => `${resource?.kind} ${resource?.name}`));
  const resources = aws.sagemaker.resources.filter(({ kind, name }) => named.has(`${kind} ${name}`));
  const rows = resources.map(({ kind, name, status, tags }) => [
    kind,
    safe(name, 60),
    status,
    tags.get("keyward:status") ?? "-",
    tags.get("keyward:reason") ?? "",
  ]);
  print(table(["KIND", "NAME", "STATUS", "KEYWARD:STATUS", "KEYWARD:REASON"], rows));
  print(`\n${heading("AWS calls on the wire")}`);
  print(table(["SERVICE", "OPERATION", "CALLS"], countCalls(aws)));
  print(`\n${countVerdicts(decisions)}`);
  if (deadLetters > 0) print(`The dead-letter queue holds ${deadLetters}, each as it came.`);
}

function countVerdicts(decisions: readonly Decision[]): string {
  const counts = new Map<string, number>();
  for (const { verdict } of decisions) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const parts = [...counts].map(([verdict, count]) => `${count} ${verdict}`);
  return `${decisions.length} event${decisions.length === 1 ? "" : "s"}: ${parts.join(", ")}.`;
}

function countCalls({ calls }: EmbeddedAws): string[][] {
  const counts = new Map<string, number>();
  for (const { service, operation } of calls) {
    const name = `${service} ${operation}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort().map(([name, count]) => [...name.split(" "), String(count)]);
}

const heading = (text: string): string => paint("bold", `== ${text} ==`);
const indent = (text: string): string => text.replace(/^(?=.)/gm, "  ");
