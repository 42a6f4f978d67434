import { ACCEPTS, outcomeSentence } from "./message-words.ts";
import { PROTECTS } from "./protects.ts";
import { KEY_PLACEHOLDER, remedyOf } from "./remedy.ts";
import type { Story } from "./story.ts";
import { oneLine, wrap } from "./text.ts";
import type { SettingVerdict } from "./types.ts";

const WIDTH = 78;
const MAX_FINDINGS = 20;

/** The mail that a person reads: what happened, what it means, what was done, what to do. */
export function emailOf(story: Story): string {
  const sections = [
    opening(story),
    facts(story),
    found(story),
    data(story),
    done(story),
    remedy(story),
    exemption(story),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

const paragraph = (text: string): string => wrap(text, WIDTH);
const bullet = (text: string): string => wrap(`- ${text}`, WIDTH, "  ");

function opening({ headline, told }: Story): string {
  if (told.verdict === "non-compliant") return paragraph(`${headline}.`);
  return paragraph(`${headline}. Nothing was stopped.${told.because ? ` Reason: ${oneLine(told.because, 300)}.` : ""}`);
}

function facts({ told, name, noun, where, who }: Story): string {
  const { eventName, eventTime, eventID } = told.event;
  return [
    `  What   ${noun}${name === "" ? "" : ` ${name}`}`,
    ...(told.resource.arn ? [`  ARN    ${oneLine(told.resource.arn, 256)}`] : []),
    `  Where  ${where}`,
    `  Who    ${who}`,
    `  When   ${oneLine(eventTime ?? "unknown", 40)} (UTC)`,
    `  Call   ${oneLine(eventName ?? told.operation, 80)}, event ${oneLine(eventID ?? "unknown", 64)}`,
  ].join("\n");
}

function found({ told, findings }: Story): string {
  if (findings.length === 0) return "";
  const accepts = ACCEPTS[told.acceptKeys];
  const title = told.verdict === "non-compliant" ? "Not under an accepted key" : "What could not be told";
  const more = findings.length - MAX_FINDINGS;
  return [
    paragraph(`${title} (the policy accepts ${accepts}):`),
    ...findings.slice(0, MAX_FINDINGS).map((finding) => bullet(findingSentence(finding))),
    ...(more > 0 ? [bullet(`and ${more} more, all in Keyward's log under the event above`)] : []),
  ].join("\n");
}

function findingSentence({ path, protects, key, because }: SettingVerdict): string {
  const named = key === undefined ? "" : ` names ${oneLine(key, 200)}`;
  const why = because === undefined ? "" : `: ${oneLine(because, 300)}`;
  return `${oneLine(path, 200)}${named}, which protects ${PROTECTS[protects] ?? protects}${why}.`;
}

/** Which data a finding on a volume means; for everything else the finding says it. */
function data({ kind, findings }: Story): string {
  const volumes = findings.some(({ protects }) => /volume|studio-storage/.test(protects));
  if (!volumes || !kind?.mounts) return "";
  return paragraph(`On the volume lies what is in ${kind.mounts.join(" and ")}.`);
}

function done(story: Story): string {
  const { told, stop, kind } = story;
  if (told.outcomes.length === 0) return "";
  const stopping = stop && ["done", "deferred", "planned"].includes(stop.outcome) ? kind?.stopping : undefined;
  return [
    "What was done:",
    ...told.outcomes.map((outcome) => bullet(outcomeSentence(outcome, story))),
    ...(stopping ? [bullet(`Kept: ${stopping.keeps}`), bullet(`Lost: ${stopping.loses}`)] : []),
  ].join("\n");
}

function remedy({ told, kind, findings }: Story): string {
  if (!kind) return paragraph("This operation is newer than Keyward's catalogue: look at its key settings yourself.");
  const split = findings.find(({ because }) => because?.includes("split the configuration"));
  if (split) {
    return paragraph(
      "How to do it right: make one endpoint configuration for the instance types with local storage, without a key, and one for the others, with the key. One configuration has one key for all its variants.",
    );
  }
  const request = told.request === "omitted" ? {} : told.request;
  const key = told.suggestedKey ?? KEY_PLACEHOLDER;
  const { code } = remedyOf(told.operation, request, findings, key);
  const replace = told.suggestedKey === undefined ? ` Put your own key for ${KEY_PLACEHOLDER}.` : "";
  const title = told.verdict === "non-compliant" ? "How to do it right" : "To be sure of your own key";
  return [paragraph(`${title}: ${kind.rekey}${replace}`), "", ...code.split("\n").map((line) => `  ${line}`)].join(
    "\n",
  );
}

function exemption({ told }: Story): string {
  if (told.contact === undefined) return "";
  return paragraph(
    `If this has to be as it is: ${oneLine(told.contact, 500)} Quote the event ${oneLine(told.event.eventID ?? "", 64)}.`,
  );
}
