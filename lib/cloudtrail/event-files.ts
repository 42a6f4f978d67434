import { type FoundFile, findFiles, type Wanted } from "../files/find-files.ts";

const ENDINGS = /\.(json|jsonl|ndjson|log|csv|gz)$/i;
/** Folders of a trail's bucket that hold no calls. */
const WITHOUT_CALLS = /^CloudTrail-(Digest|Insight)$/;
/** The state that the embedded AWS starts with; it lies among the shipped events. */
const EMBEDDED_STATE = "world.json";

const wanted: Wanted = {
  isFile: (name) => ENDINGS.test(name) && name !== EMBEDDED_STATE,
  isFolder: (name) => !WITHOUT_CALLS.test(name),
};

/** For a folder in which no file of events was found. */
export const NO_EVENT_FILES = "no *.json, *.jsonl, *.ndjson, *.log, *.csv or *.gz in it; name a file";

/** The files of events under the paths, in order. */
export const findEventFiles = (paths: readonly string[]): AsyncGenerator<FoundFile> => findFiles(paths, wanted);
