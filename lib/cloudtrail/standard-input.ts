import { addAbortSignal } from "node:stream";

/** An interrupt ends the wait for more; what came until then is no whole file. */
export async function readStandardInput(signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of addAbortSignal(signal, process.stdin)) chunks.push(chunk as Buffer);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return Buffer.concat(chunks);
}
