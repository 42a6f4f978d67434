import { createHash, randomUUID } from "node:crypto";
import { text } from "../core/member.ts";
import type { Clock } from "./clock.ts";
import { AwsFault, type Service } from "./wire.ts";

export interface Message {
  readonly id: string;
  readonly body: string;
  /** How often it has been received, this time included. */
  readonly receives: number;
}

export interface Queue {
  readonly name: string;
  send(body: string, delaySeconds?: number): string;
  /** Takes what can be seen, ten at most, and hides it for the visibility time-out. */
  receive(): readonly Message[];
  remove(id: string): void;
  /** All that is in it, seen or hidden. */
  readonly size: number;
}

export interface QueueOptions {
  readonly visibilitySeconds?: number;
  readonly deadLetters?: { readonly queue: Queue; readonly maxReceives: number };
}

interface Held {
  message: Message;
  visibleAt: number;
}

/** A standard queue: what is received and not removed comes back, and at last goes to the dead-letter queue. */
export function createQueue(name: string, clock: Clock, options: QueueOptions = {}): Queue {
  const { visibilitySeconds = 30, deadLetters } = options;
  const held = new Map<string, Held>();
  const receiveOne = (one: Held): Message[] => {
    const { message } = one;
    if (deadLetters && message.receives >= deadLetters.maxReceives) {
      held.delete(message.id);
      deadLetters.queue.send(message.body);
      return [];
    }
    one.message = { ...message, receives: message.receives + 1 };
    one.visibleAt = clock.now().getTime() + visibilitySeconds * 1000;
    return [one.message];
  };
  return {
    name,
    send(body, delaySeconds = 0) {
      const id = randomUUID();
      held.set(id, { message: { id, body, receives: 0 }, visibleAt: clock.now().getTime() + delaySeconds * 1000 });
      return id;
    },
    receive() {
      const visible = [...held.values()].filter((one) => one.visibleAt <= clock.now().getTime());
      return visible.slice(0, 10).flatMap(receiveOne);
    },
    remove: (id) => void held.delete(id),
    get size() {
      return held.size;
    },
  };
}

/** The queue's JSON protocol; receipt handles are message ids. */
export function createSqs(queues: ReadonlyMap<string, Queue>): Service {
  return ({ operation, input }) => {
    const queue = queues.get(text(input, "QueueUrl")?.split("/").at(-1) ?? "");
    if (!queue) throw new AwsFault("QueueDoesNotExist", "The specified queue does not exist.");
    switch (operation) {
      case "SendMessage": {
        const body = text(input, "MessageBody") ?? "";
        const MessageId = queue.send(body, Number(input.DelaySeconds ?? 0));
        return { json: { MessageId, MD5OfMessageBody: createHash("md5").update(body).digest("hex") } };
      }
      case "ReceiveMessage": {
        const Messages = queue.receive().map(({ id, body, receives }) => ({
          ...{ MessageId: id, ReceiptHandle: id, Body: body, MD5OfBody: createHash("md5").update(body).digest("hex") },
          Attributes: { ApproximateReceiveCount: String(receives) },
        }));
        return { json: { Messages } };
      }
      case "DeleteMessage":
        queue.remove(text(input, "ReceiptHandle") ?? "");
        return { json: {} };
      default:
        throw new AwsFault("UnknownOperationException", operation);
    }
  };
}
