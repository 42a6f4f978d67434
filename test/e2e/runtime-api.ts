import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A function in AWS's own runtime client, as Lambda would run it. */
export interface RunningFunction {
  invoke(event: unknown): Promise<unknown>;
  /** Its log so far. */
  log(): string;
  stop(): void;
}

interface Invocation {
  readonly event: string;
  settle(error: Error | undefined, answer: string): void;
}

const TIMEOUT_MS = 30_000;
const VERSION = "/2018-06-01/runtime";

/** Serves Lambda's Runtime API (Developer Guide, "Lambda runtime API") and starts the client with the handler in `task`. */
export async function runFunction(
  ric: string,
  task: string,
  handler: string,
  env: NodeJS.ProcessEnv,
): Promise<RunningFunction> {
  const waiting: Invocation[] = [];
  const running = new Map<string, Invocation>();
  let idle: ServerResponse | undefined;
  const next = () => {
    const invocation = idle && waiting.shift();
    if (!idle || !invocation) return;
    const id = randomUUID();
    running.set(id, invocation);
    idle.writeHead(200, {
      "Content-Type": "application/json",
      "Lambda-Runtime-Aws-Request-Id": id,
      "Lambda-Runtime-Deadline-Ms": String(Date.now() + TIMEOUT_MS),
      "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:us-east-1:123456789012:function:keyward",
    });
    idle.end(invocation.event);
    idle = undefined;
  };
  const server = createServer(async (request, response) => {
    const [, id = "", what] = /\/invocation\/([^/]+)(?:\/(response|error))?$/.exec(request.url ?? "") ?? [];
    if (request.url === `${VERSION}/invocation/next`) {
      idle = response;
      return next();
    }
    const body = await bodyOf(request);
    running.get(id)?.settle(what === "response" ? undefined : new Error(body), body);
    running.delete(id);
    response.writeHead(202).end("{}");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const client = spawn(process.execPath, [ric, handler], {
    cwd: task,
    env: {
      ...env,
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${(server.address() as AddressInfo).port}`,
      LAMBDA_TASK_ROOT: task,
      _HANDLER: handler,
    },
  });
  let logged = "";
  for (const stream of [client.stdout, client.stderr]) stream.on("data", (data) => (logged += data));
  return {
    invoke: (event) =>
      new Promise((done, fail) => {
        const late = setTimeout(() => fail(new Error(`no answer within ${TIMEOUT_MS} ms\n${logged}`)), TIMEOUT_MS);
        const settle = (error: Error | undefined, answer: string) => {
          clearTimeout(late);
          if (error) fail(error);
          else done(JSON.parse(answer));
        };
        waiting.push({ event: JSON.stringify(event), settle });
        next();
      }),
    log: () => logged,
    stop() {
      client.kill();
      server.closeAllConnections();
      server.close();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
