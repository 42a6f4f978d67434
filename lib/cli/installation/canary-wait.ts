import type { CanaryPorts } from "../../compose/canary.ts";
import { type Canary, type CanaryNote, canaryKey } from "../../core/model/canary.ts";
import { say } from "../../wording/reasons/say.ts";
import { parseNote } from "./canary-stations.ts";

export type Waited =
  | { readonly is: "found"; readonly note: CanaryNote; readonly writtenAt: Date }
  /** `note`: the object is there, but does not say yet what became of the mail. `fault`: why it could not be read. */
  | { readonly is: "late"; readonly note?: CanaryNote; readonly writtenAt?: Date; readonly fault?: string };

const FIRST_PAUSE_MS = 250;
const SHOW_EVERY_MS = 60_000;

/** Reads the canary's object until it is complete or the time is up. Shows each minute on standard error. */
export async function waitFor(canary: Canary, ports: CanaryPorts, seconds: number): Promise<Waited> {
  const began = Date.now();
  const longest = canary.is === "call" ? 5_000 : 2_000;
  let late: Waited = { is: "late" };
  let shown = 0;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, longest)) {
    const read = await ports.read(canaryKey(canary));
    if (read.is === "unavailable") late = { ...late, fault: say(read.reason) };
    const note = read.is === "found" ? parseNote(read.value) : undefined;
    if (read.is === "found" && note) {
      const { writtenAt } = read;
      if (note.mail.is !== "due") return { is: "found", note, writtenAt };
      late = { is: "late", note, writtenAt };
    }
    const left = seconds * 1000 - (Date.now() - began);
    if (left <= 0) return late;
    await new Promise((done) => setTimeout(done, Math.min(pause, left)));
    const minutes = Math.floor((Date.now() - began) / SHOW_EVERY_MS);
    if (minutes > shown) process.stderr.write(`${progress(canary, minutes, seconds)}\n`);
    shown = minutes;
  }
}

const progress = ({ is }: Canary, minutes: number, seconds: number): string =>
  `waiting for ${is === "call" ? "CloudTrail, which needs up to 15 minutes" : "the canary"}: ${minutes} of ${Math.ceil(seconds / 60)} minutes`;
