import { isIgnoredByName } from "../../backtest/ignored-by-name.ts";
import { findEventFiles, NO_EVENT_FILES } from "../../cloudtrail/event-files.ts";
import { LOG_LIMIT, type LogRead, readLog, readLogFile } from "../../cloudtrail/read-log.ts";
import { readStandardInput } from "../../files/standard-input.ts";
import type { Policy } from "../../policy/schema.ts";
import { addCall, createReplayed, type Replayed, replayCall } from "../../prevent/replay-history.ts";
import type { Statement } from "../../prevent/statement.ts";

/** The calls of a history by their effect, and the files that were read. */
export interface ReadHistory {
  readonly replayed: Replayed;
  readonly files: number;
  readonly faults: readonly { readonly file: string; readonly because: string }[];
}

/** Calls that are ignored for their name are not parsed. */
const SLICING = { isSkipped: isIgnoredByName };

/** Replays every call under a path, a folder, a file or `-`, against statements. A damaged file is left out whole. */
export async function readHistory(
  path: string,
  policy: Policy,
  statements: readonly Statement[],
): Promise<ReadHistory> {
  const replayed = createReplayed();
  const faults: { file: string; because: string }[] = [];
  let files = 0;
  for await (const { file, log } of logsOf(path)) {
    if (log.is === "foreign") continue;
    files++;
    if (log.is === "damaged") {
      faults.push({ file, because: log.because });
      continue;
    }
    for (const record of log.calls) {
      const call = replayCall(record, policy, statements);
      if (call) addCall(replayed, call);
    }
  }
  if (files === 0) faults.push({ file: path, because: `no CloudTrail records in it; ${NO_EVENT_FILES}` });
  return { replayed, files, faults };
}

async function* logsOf(path: string): AsyncGenerator<{ readonly file: string; readonly log: LogRead }> {
  if (path === "-") {
    yield { file: "standard input", log: readLog(await readStandardInput(LOG_LIMIT), SLICING) };
    return;
  }
  for await (const found of findEventFiles([path])) {
    if (found.is === "file") yield { file: found.path, log: readLogFile(found.path, SLICING) };
    else if (found.is === "fault") yield { file: found.path, log: { is: "damaged", because: found.because } };
  }
}
