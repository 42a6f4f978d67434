import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { HookAnswer } from "../../lib/hook/answer.ts";
import { type HookPorts, runHook } from "../../lib/hook/run-hook.ts";
import { ACCOUNT, policyOf } from "../support/build.ts";

/**
 * The inputs of a Lambda Hook, made after the examples in the CloudFormation Hooks User Guide, "Create Lambda functions to
 * evaluate resources for Lambda Hooks".
 */
const base = {
  clientRequestToken: "f8da6d11-b23f-48f4-814c-0fb6a667f50e",
  awsAccountId: ACCOUNT,
  stackId: `arn:aws:cloudformation:eu-central-1:${ACCOUNT}:stack/MyStack/1a2345b6-0000-00a0-a123-00abc0abc000`,
  changeSetId: null,
  hookTypeName: "Keyward::SageMaker::Keys",
  hookTypeVersion: "00000008",
  hookModel: { LambdaFunction: `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:keyward-hook-judge` },
  actionInvocationPoint: "CREATE_PRE_PROVISION",
  requestContext: { invocation: 1, callbackContext: null },
};

export const resourceEvent = (type: string, resourceProperties: unknown, change: object = {}) => ({
  ...base,
  requestData: {
    targetName: type,
    targetType: type,
    targetLogicalId: "Target",
    targetModel: { resourceProperties, previousResourceProperties: null },
  },
  ...change,
});

/** Cloud Control API has no stack, and its target's type is RESOURCE. */
export function cloudControlEvent(type: string, resourceProperties: unknown) {
  const event = resourceEvent(type, resourceProperties);
  return { ...event, stackId: "", requestData: { ...event.requestData, targetType: "RESOURCE" } };
}

export const stackEvent = (payload: string, change: object = {}) => ({
  ...base,
  requestData: { targetName: "STACK", targetType: "STACK", targetLogicalId: "my-stack", payload },
  ...change,
});

export const changeSetEvent = (payload: string) => ({
  ...base,
  requestData: { targetName: "CHANGE_SET", targetType: "CHANGE_SET", targetLogicalId: "arn", payload },
});

/** What the log says of an answer. */
export interface Logged {
  readonly resources: readonly { readonly at: string; readonly type: string; readonly verdict: string }[];
}

export interface Answered {
  readonly answer: HookAnswer;
  readonly logged: Logged;
}

export const CUSTOMER = policyOf({ keys: { accept: "customer-managed" } });

export async function answerTo(event: unknown, change: Partial<HookPorts> = {}): Promise<Answered> {
  const lines: string[] = [];
  const answer = await runHook(event, {
    policy: CUSTOMER,
    now: () => new Date("2026-11-02T09:15:00Z"),
    log: (line) => lines.push(line),
    ...change,
  });
  return { answer, logged: JSON.parse(lines.join("\n")) };
}

/** A server in S3's place on loopback, for as long as `use` runs. */
export async function withServer<T>(listener: RequestListener, use: (origin: string) => Promise<T>): Promise<T> {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}

/** The answer about a stack or a change set whose payload a server on loopback has. */
export const answerAbout = (
  eventOf: (url: string) => unknown,
  payload: unknown,
  change: Partial<HookPorts> = {},
): Promise<Answered> =>
  withServer(
    (_, response) => response.end(JSON.stringify(payload)),
    (origin) => answerTo(eventOf(`${origin}/payload?X-Amz-Signature=abc`), { payloadOrigin: origin, ...change }),
  );
