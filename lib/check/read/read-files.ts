import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { toUtf8 } from "../../files/decode.ts";
import { fileFault } from "../../files/file-fault.ts";
import { readFile } from "../../files/read-file.ts";
import type { FileText } from "../model/form.ts";
import type { FileFault } from "../model/result.ts";
import { hasOwnSources, isSource, sourceMentionsSageMaker } from "./sources.ts";

/** The text of a file, the fault that prevents it, or a source file that is not read and mentions SageMaker. */
export type ReadFile = FileText | { readonly fault: FileFault } | { readonly unread: string };

const READABLE = /\.(ya?ml|json|template|asl)$/i;

/** Installed packages, and hidden files and folders. */
const EXCLUDED = /^(node_modules$|site-packages$|\.)/;

/** Well above the 1 MB of the largest template. */
const FILE_LIMIT = { maxBytes: 64 * 1024 * 1024 };

/** Reads files and folders in order. A file that cannot be read gives a fault, and the others are still read. */
export async function* readFiles(paths: readonly string[]): AsyncGenerator<ReadFile> {
  for (const path of paths) {
    try {
      if ((await stat(path)).isDirectory()) yield* readFolder(path);
      else yield readOne(path, false);
    } catch (error) {
      yield fault(path, error);
    }
  }
}

async function* readFolder(folder: string): AsyncGenerator<ReadFile> {
  const files = await filesIn(folder);
  const message = "it holds no *.yaml, *.yml, *.json, *.template or *.asl; name a file";
  if (!files.some(isReadable)) yield { fault: { file: folder, message } };
  for (const file of files) {
    try {
      if (isReadable(file)) yield readOne(file, true);
      else if (sourceMentionsSageMaker(file)) yield { unread: file };
    } catch (error) {
      yield fault(file, error);
    }
  }
}

const isReadable = (file: string): boolean => READABLE.test(file);

async function filesIn(folder: string, isOwn = true): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const inOrder = entries.sort((a, b) => (a.name < b.name ? -1 : 1)).filter(({ name }) => !EXCLUDED.test(name));
  const found = inOrder.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path, isOwn && hasOwnSources(entry.name));
    // A link to a source file is another name of a file that is counted already, or not part of the folder.
    return isReadable(entry.name) || (isOwn && entry.isFile() && isSource(entry.name)) ? [path] : [];
  });
  return (await Promise.all(found)).flat();
}

function readOne(file: string, inFolder: boolean): ReadFile {
  const content = readFile(file, FILE_LIMIT);
  if (content.is === "fault") return { fault: { file, message: content.because } };
  return { file, inFolder, text: toUtf8(content.bytes).toString("utf8") };
}

const fault = (file: string, error: unknown): ReadFile => ({ fault: { file, message: fileFault(error) } });
