import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Packed } from "../../prevent/documents.ts";
import { number } from "../show/report.ts";
import { CliError, EXIT } from "../terminal/cli-error.ts";
import { count } from "../terminal/layout.ts";
import { print } from "../terminal/terminal.ts";

/** How the documents are wanted: one of several by its number, or all as files of a folder. */
export interface Wanted {
  readonly part: string | undefined;
  readonly out: string | undefined;
  /** The command, which names the files. */
  readonly command: string;
}

/**
 * Prints the one document of a policy. If a policy needs several, the options say which one is printed, or where all are
 * written. Throws a CliError without them, or if a statement fits into no document. Returns the exit code.
 */
export async function giveDocuments(packed: Packed, wanted: Wanted): Promise<number> {
  const documents = documentsOf(packed);
  if (wanted.out !== undefined && wanted.part !== undefined) throw new CliError("give --part or --out, not both");
  if (wanted.out !== undefined) return writeDocuments(documents, wanted.out, wanted.command);
  if (wanted.part !== undefined) {
    print(partOf(documents, wanted.part));
    return EXIT.fine;
  }
  const [only, ...more] = documents;
  if (only === undefined || more.length > 0) {
    throw new CliError(
      `the policy needs ${documents.length} documents: print each with --part 1 to --part ${documents.length}, or write all with --out DIR`,
    );
  }
  print(only);
  return EXIT.fine;
}

/** The documents, or a CliError that says which statement is too long. */
export function documentsOf(packed: Packed): readonly string[] {
  if (packed.ok && packed.documents.length > 0) return packed.documents;
  if (packed.ok) throw new CliError("there is nothing to deny: the policy requires no key that a condition key shows");
  const { sid, characters, most } = packed;
  throw new CliError(
    `the policy cannot be expressed: the statement ${sid} needs ${number(characters)} characters for one action, and a document holds ${number(most)}; use fewer or wider patterns in keys and exemptions`,
  );
}

function partOf(documents: readonly string[], part: string): string {
  const document = /^\d{1,3}$/.test(part) ? documents[Number(part) - 1] : undefined;
  if (document !== undefined) return document;
  throw new CliError(`--part ${part} does not exist; the policy needs ${count(documents.length, "document")}`);
}

async function writeDocuments(documents: readonly string[], folder: string, command: string): Promise<number> {
  for (const [i, document] of documents.entries()) {
    const file = join(folder, `${command}-${i + 1}.json`);
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(file, `${document}\n`);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
      throw new CliError(`${file}: the document cannot be written (${code}); name another folder`);
    }
    print(`${file}  ${number(document.length)} characters`);
  }
  return EXIT.fine;
}
