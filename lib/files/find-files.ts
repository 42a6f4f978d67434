import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileFault } from "./file-fault.ts";

/** A file with its size on the disk, a named folder without such a file, or a path that cannot be read. */
export type FoundFile =
  | { readonly is: "file"; readonly path: string; readonly bytes: number; readonly inFolder: boolean }
  | { readonly is: "empty-folder"; readonly path: string }
  | { readonly is: "fault"; readonly path: string; readonly because: string };

/** The entries of a folder that are read. A path that is named is always read. */
export interface Wanted {
  isFile(name: string): boolean;
  isFolder(name: string): boolean;
}

/**
 * The files under the paths. Within a folder they are sorted by name. One folder is listed at a time, so a large tree is
 * never in memory as a whole. Links to folders are not followed. A fault in one path does not affect the other paths.
 */
export async function* findFiles(paths: readonly string[], wanted: Wanted): AsyncGenerator<FoundFile> {
  for (const path of paths) {
    try {
      const found = await stat(path);
      if (found.isDirectory()) yield* findInFolder(path, wanted);
      else yield { is: "file", path, bytes: found.size, inFolder: false };
    } catch (error) {
      yield { is: "fault", path, because: fileFault(error) };
    }
  }
}

async function* findInFolder(folder: string, wanted: Wanted): AsyncGenerator<FoundFile> {
  let isEmpty = true;
  for await (const found of walkFolder(folder, wanted)) {
    isEmpty = false;
    yield found;
  }
  if (isEmpty) yield { is: "empty-folder", path: folder };
}

async function* walkFolder(folder: string, wanted: Wanted): AsyncGenerator<FoundFile> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    try {
      yield* visit(entry, path, wanted);
    } catch (error) {
      yield { is: "fault", path, because: fileFault(error) };
    }
  }
}

async function* visit(entry: Dirent, path: string, wanted: Wanted): AsyncGenerator<FoundFile> {
  if (entry.isDirectory()) {
    if (wanted.isFolder(entry.name)) yield* walkFolder(path, wanted);
    return;
  }
  if (!wanted.isFile(entry.name)) return;
  const found = await stat(path);
  if (!found.isDirectory()) yield { is: "file", path, bytes: found.size, inFolder: true };
}
