import { type Input, readInputs } from "./inputs.ts";
import { complain, safe } from "./terminal.ts";

/** Reads all inputs, telling of each that cannot be read as it is met. */
export async function readAll(
  paths: readonly string[],
): Promise<{ readonly inputs: Input[]; readonly faults: number }> {
  const inputs: Input[] = [];
  let faults = 0;
  for await (const read of readInputs(paths)) {
    if ("input" in read) inputs.push(read.input);
    else {
      faults++;
      const { file, at, message } = read.fault;
      complain(`${safe(file, 400)}${at === "" ? "" : ` ${safe(at)}`}: ${message}`);
    }
  }
  return { inputs, faults };
}

export const sourceOf = ({ file, at }: Input): string => (at === "" ? file : `${file} ${at}`);
