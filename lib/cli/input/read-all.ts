import { type Input, readInputs } from "../../cloudtrail/inputs.ts";
import { startProgress } from "../terminal/progress.ts";
import { complain } from "../terminal/terminal.ts";

/** Reads all inputs. Reports each unreadable one at once, on standard error. */
export async function readAll(
  paths: readonly string[],
): Promise<{ readonly inputs: Input[]; readonly faults: number }> {
  const inputs: Input[] = [];
  let faults = 0;
  const progress = startProgress("events read");
  for await (const read of readInputs(paths)) {
    progress.step();
    if ("input" in read) inputs.push(read.input);
    else {
      faults++;
      progress.end();
      complain(`${placeOf(read.fault)}: ${read.fault.message}`);
    }
  }
  progress.end();
  return { inputs, faults };
}

/** `file`, `file:line:column` or `file Records[3]`. */
export function placeOf({ file, at }: { readonly file: string; readonly at: string }): string {
  if (at === "" || at.startsWith(":")) return file + at;
  return `${file} ${at}`;
}
