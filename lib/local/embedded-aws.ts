import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { defined } from "../core/model/defined.ts";
import type { JsonObject } from "../core/model/json.ts";
import { type Clock, createClock } from "./clock.ts";
import { type Bus, createBus, createEvents } from "./events.ts";
import { createIam } from "./iam.ts";
import { createInstalled, type Installed, installedServices } from "./installed.ts";
import { createKms, type KnownKey } from "./kms.ts";
import { createLifecycleConfigs } from "./lifecycle-configs.ts";
import { type Bucket, createS3 } from "./s3.ts";
import { createSageMaker, type LocalSageMaker } from "./sagemaker.ts";
import type { LocalResource } from "./sagemaker-resource.ts";
import { createSns, type Sns } from "./sns.ts";
import { createQueue, createSqs, type Queue, type QueueOptions } from "./sqs.ts";
import { createCloudFormation, createSts, type LocalStack } from "./stacks.ts";
import { AwsFault, readRequest, type Service, type WireRequest, writeFault, writeReply } from "./wire.ts";

/** One request as the embedded AWS received it. */
export interface WireCall {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly input: JsonObject;
  /** The error of the answer. */
  readonly error?: string;
}

/**
 * A failure of a call before its service receives it. With `after` the service does the call and only the answer is
 * lost.
 */
export type Fault =
  | { readonly is: "error"; readonly name: string; readonly message: string; readonly status: number }
  | { readonly is: "reset" | "hang"; readonly after?: boolean };

export interface EmbeddedAws {
  readonly endpoint: string;
  readonly account: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly clock: Clock;
  readonly calls: readonly WireCall[];
  readonly sagemaker: LocalSageMaker;
  readonly sns: Sns;
  readonly buckets: Map<string, Bucket>;
  readonly stacks: Map<string, LocalStack>;
  /** What a deployed stack has besides: trails, rules, functions, alarms, metrics, roles, schedules. */
  readonly installed: Installed;
  /** The default event bus: add rules to it. */
  readonly bus: Bus;
  /** The names of the notebook lifecycle configurations that exist. */
  readonly lifecycleConfigs: ReadonlySet<string>;
  createQueue(name: string, options?: QueueOptions): Queue;
  /** Calls the listener with each state change, in the EventBridge envelope that SageMaker would send. */
  onStateChange(listener: (event: JsonObject) => void): void;
  close(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly account?: string;
  readonly region?: string;
  readonly now?: Date;
  readonly keys?: readonly KnownKey[];
  readonly fault?: (request: WireRequest) => Fault | undefined;
  /** False for very many calls, because the list of calls would use too much memory. */
  readonly keepCalls?: boolean;
}

/**
 * Starts an AWS on the loopback interface that the real SDK clients talk to. Its state is in memory and ends with
 * `close`.
 */
export async function startEmbeddedAws(options: EmbeddedOptions = {}): Promise<EmbeddedAws> {
  const {
    account = "111122223333",
    region = "us-east-1",
    now = new Date(),
    keys = [],
    fault,
    keepCalls = true,
  } = options;
  const clock = createClock(now);
  const listeners: ((event: JsonObject) => void)[] = [];
  const sagemaker = createSageMaker(clock, (resource) => {
    if (resource.kind !== "notebook-instance") return;
    for (const listener of listeners) listener(stateChange(resource, clock.now()));
  });
  const sns = createSns(account, region);
  const stacks = new Map<string, LocalStack>();
  const installed = createInstalled();
  const [queues, buckets] = [new Map<string, Queue>(), new Map<string, Bucket>()];
  const bus = createBus();
  const putEvents = createEvents(account, clock, bus);
  const readOnly = installedServices(installed);
  const configs = createLifecycleConfigs(account, clock, bus);
  const services: Readonly<Record<string, Service>> = {
    sagemaker: (request) => configs.handle(request) ?? sagemaker.handle(request),
    sns: sns.handle,
    kms: createKms(account, keys),
    sqs: createSqs(queues),
    s3: createS3(buckets, clock.now),
    cloudformation: createCloudFormation(account, stacks),
    sts: createSts(account),
    iam: createIam(installed.roles),
    ...readOnly,
    events: (request) => (request.operation === "PutEvents" ? putEvents(request) : readOnly.events(request)),
  };
  const calls: WireCall[] = [];
  const note = (call: WireCall) => void (keepCalls && calls.push(call));
  const server = createServer((message, response) => {
    // A request that ends early or cannot be read fails alone. The server continues.
    answer(message, response, { services, note, fault }).catch(() => message.socket.destroy());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: "embedded", secretAccessKey: "embedded" },
    account,
    clock,
    calls,
    sagemaker,
    sns,
    buckets,
    stacks,
    installed,
    bus,
    lifecycleConfigs: configs.names,
    createQueue(name, queueOptions) {
      const queue = createQueue(name, clock, queueOptions);
      queues.set(name, queue);
      return queue;
    },
    onStateChange: (listener) => void listeners.push(listener),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

interface EmbeddedState {
  readonly services: Readonly<Record<string, Service>>;
  readonly note: (call: WireCall) => void;
  readonly fault: EmbeddedOptions["fault"] | undefined;
}

async function answer(
  message: IncomingMessage,
  response: ServerResponse,
  { services, note: keep, fault }: EmbeddedState,
): Promise<void> {
  const request = await readRequest(message);
  const { service, operation, region, input } = request;
  const note = (error?: string) => keep({ service, operation, region, input, ...defined({ error }) });
  const planned = fault?.(request);
  try {
    if (planned?.is === "error") throw new AwsFault(planned.name, planned.message, planned.status);
    const reply = planned && !planned.after ? undefined : services[service]?.(request);
    if (planned) {
      note(planned.is);
      if (planned.is === "reset") message.socket.destroy();
      return;
    }
    if (!reply) throw new AwsFault("UnknownService", service, 404);
    note();
    writeReply(response, reply);
  } catch (error) {
    const known = error instanceof AwsFault ? error : new AwsFault("InternalFailure", String(error), 500);
    note(known.name);
    writeFault(response, service, known);
  }
}

/** The event as AWS sends it: members in API spelling, tags as a map (EventBridge schema registry and real events). */
function stateChange({ name, arn, status, account, region, body, tags }: LocalResource, now: Date): JsonObject {
  const { InstanceType, KmsKeyId, RoleArn } = body;
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "SageMaker Notebook Instance State Change",
    source: "aws.sagemaker",
    account,
    region,
    time: now.toISOString(),
    resources: [arn],
    detail: {
      NotebookInstanceName: name,
      NotebookInstanceArn: arn,
      NotebookInstanceStatus: status,
      ...defined({ InstanceType, KmsKeyId, RoleArn }),
      LastModifiedTime: now.getTime(),
      Tags: Object.fromEntries(tags),
    },
  };
}
