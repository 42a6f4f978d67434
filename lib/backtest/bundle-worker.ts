import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * The worker's code as one script, where Keyward runs from its sources. A thread does not get the TypeScript loader of
 * its process on Node 20, and a loader of its own takes each thread three times as long to start as this. The built
 * command does not contain this file; esbuild comes with the loader of the sources.
 */
export async function bundleWorker(): Promise<string> {
  const built = await build({
    entryPoints: [fileURLToPath(new URL("./worker.ts", import.meta.url))],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    logLevel: "silent",
  });
  return built.outputFiles[0]?.text ?? "";
}
