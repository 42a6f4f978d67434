import { architectureFile } from "./architecture.ts";
import { commandFiles, unknownCommands } from "./commands.ts";
import { documentFiles } from "./documents.ts";
import type { GeneratedFile } from "./file.ts";
import { longerNamesFile } from "./longer-names.ts";
import { preventionFile } from "./prevention.ts";
import { terraformFile } from "./terraform.ts";

/** Everything that follows from the rows, and the diagram of the layers. Throws if a row names a command that the SDK lacks. */
export function derivedFiles(): GeneratedFile[] {
  const [unknown] = unknownCommands();
  if (unknown !== undefined) throw new Error(unknown);
  return [
    ...commandFiles(),
    longerNamesFile(),
    ...documentFiles(),
    architectureFile(),
    terraformFile(),
    preventionFile(),
  ];
}
