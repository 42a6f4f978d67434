import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { readRequest, type WireRequest } from "../../lib/local/wire.ts";

/** One call as it was on the wire. */
export interface Seen {
  readonly name: string;
  /** How many calls had to end one after the other before this one started, itself included. */
  readonly depth: number;
}

export interface Proxy {
  readonly endpoint: string;
  readonly seen: readonly Seen[];
}

/**
 * Stands between the SDK's clients and the embedded AWS. The answer to a call named in `heldUntil` is held until the
 * other call has arrived: calls that do not wait for each other are seen so, however fast the machine is.
 */
export async function startWireProxy(
  endpoint: string,
  nameOf: (request: WireRequest) => string,
  heldUntil: Readonly<Record<string, string>>,
): Promise<Proxy> {
  const seen: Seen[] = [];
  const ended: Seen[] = [];
  const waiting = new Map<string, () => void>();
  const arrival = (name: string) =>
    seen.some((one) => one.name === name) ? undefined : new Promise<void>((done) => waiting.set(name, done));
  const server = createServer(async (message, response) => {
    const wire = await readRequest(message);
    const call = { name: nameOf(wire), depth: 1 + Math.max(0, ...ended.map(({ depth }) => depth)) };
    seen.push(call);
    waiting.get(call.name)?.();
    const { method, headers, body } = wire.raw;
    const forward = httpRequest(`${endpoint}${message.url}`, { method, headers }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      const other = heldUntil[call.name];
      if (other !== undefined) await arrival(other);
      ended.push(call);
      response.writeHead(answer.statusCode ?? 500, answer.headers).end(Buffer.concat(chunks));
    });
    forward.on("error", () => response.destroy()).end(body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}
