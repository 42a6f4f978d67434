import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

export type Found =
  | { readonly is: "file"; readonly path: string; readonly bytes: number }
  | { readonly is: "fault"; readonly path: string; readonly because: string };

const READABLE = /\.(json|jsonl|ndjson|log|csv|gz)$/i;
/** Folders of a trail's bucket that hold no calls. */
const NOT_CALLS = /^CloudTrail-(Digest|Insight)$/;

/** The files under the paths, sorted within each folder and one folder at a time, so that a large tree is never held whole. */
export async function* findFiles(paths: readonly string[]): AsyncGenerator<Found> {
  for (const path of paths) {
    try {
      const { size, isFolder } = await look(path);
      if (isFolder) yield* inFolder(path);
      else yield { is: "file", path, bytes: size };
    } catch (error) {
      yield { is: "fault", path, because: faultOf(error) };
    }
  }
}

async function* inFolder(folder: string): AsyncGenerator<Found> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    try {
      if (entry.isDirectory()) {
        if (!NOT_CALLS.test(entry.name)) yield* inFolder(path);
      } else if (READABLE.test(entry.name)) {
        const { size, isFolder } = await look(path);
        if (!isFolder) yield { is: "file", path, bytes: size };
      }
    } catch (error) {
      yield { is: "fault", path, because: faultOf(error) };
    }
  }
}

async function look(path: string): Promise<{ size: number; isFolder: boolean }> {
  const found = await stat(path);
  return { size: found.size, isFolder: found.isDirectory() };
}

export function faultOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return "no such file or folder; check the path";
  if (code === "EACCES") return "not allowed to read it; check its permissions";
  return `cannot be read (${code || String(error)}); check the path`;
}
