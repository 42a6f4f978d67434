import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { noteSkipped } from "../../scripts/skipped.ts";

export interface Moto {
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  stop(): void;
}

/** In milliseconds: far more than a slow machine needs. */
const START_MS = 120_000;

/** An independent stand-in for AWS, on a port of its own; `undefined`, with a note, if it is not installed. */
export async function startMoto(): Promise<Moto | undefined> {
  if (spawnSync("moto_server", ["--help"], { timeout: START_MS }).status !== 0) {
    noteSkipped("look-ups, replay --target aws and the packaged stack on moto", "moto_server is not on the PATH");
    return undefined;
  }
  const port = await freePort();
  const server = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  const endpoint = `http://127.0.0.1:${port}`;
  await untilUp(endpoint);
  return {
    endpoint,
    credentials: { accessKeyId: "testing", secretAccessKey: "testing" },
    stop: () => void server.kill(),
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

async function untilUp(endpoint: string): Promise<void> {
  const until = Date.now() + START_MS;
  while (Date.now() < until) {
    const up = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (up) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("moto_server did not start");
}
