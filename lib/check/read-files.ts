import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { toUtf8 } from "../files/decode.ts";
import { readFile } from "../files/read-file.ts";
import type { CheckFile } from "./file-kind.ts";

export interface FileFault {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
}

export type FileRead = (CheckFile & { readonly text: string }) | { readonly fault: FileFault };

const READABLE = /\.(ya?ml|json|template)$/i;

/** A template has 1 MB at most, a plan some tens. */
const FILE_LIMIT = { maxBytes: 64 * 1024 * 1024 };

/** Others' packages, and what tools keep for themselves. */
const PASSED_BY = /^(node_modules$|\.)/;

/** Reads files and folders in order; a fault in one holds up none of the others. */
export async function* readFiles(paths: readonly string[]): AsyncGenerator<FileRead> {
  for (const path of paths) {
    try {
      if ((await stat(path)).isDirectory()) yield* readFolder(path);
      else yield readOne(path, false);
    } catch (error) {
      yield fault(path, error);
    }
  }
}

async function* readFolder(folder: string): AsyncGenerator<FileRead> {
  const files = await filesIn(folder);
  const message = "no *.yaml, *.yml, *.json or *.template in it; name a file";
  if (files.length === 0) yield { fault: { file: folder, message } };
  for (const file of files) {
    try {
      yield readOne(file, true);
    } catch (error) {
      yield fault(file, error);
    }
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const inOrder = entries.sort((a, b) => (a.name < b.name ? -1 : 1)).filter(({ name }) => !PASSED_BY.test(name));
  const found = inOrder.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return READABLE.test(entry.name) ? [path] : [];
  });
  return (await Promise.all(found)).flat();
}

function readOne(file: string, walked: boolean): FileRead {
  const content = readFile(file, FILE_LIMIT);
  if (content.is === "fault") return { fault: { file, message: content.because } };
  return { file, walked, text: toUtf8(content.bytes).toString("utf8") };
}

function fault(file: string, error: unknown): FileRead {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  if (code === "ENOENT") return { fault: { file, message: "no such file or folder; check the path" } };
  if (code === "EACCES") return { fault: { file, message: "not allowed to read it; check its permissions" } };
  return { fault: { file, message: `cannot be read (${code}); check the path` } };
}
