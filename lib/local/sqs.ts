import { createHash, randomUUID } from "node:crypto";
import type { JsonObject } from "../core/model/json.ts";
import { isObject, text } from "../core/model/member.ts";
import type { Clock } from "./clock.ts";
import { AwsFault, type Service } from "./wire.ts";

export interface Message {
  readonly id: string;
  readonly body: string;
  /** The number of receives, including this one. */
  readonly receives: number;
  readonly sentAt: Date;
  /** Message attributes, as text. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Queue {
  readonly name: string;
  send(body: string, more?: { delaySeconds?: number; attributes?: Readonly<Record<string, string>> }): string;
  /** Receives visible messages, at most `max` (default: 10), and hides them for the visibility time-out. */
  receive(max?: number): readonly Message[];
  remove(id: string): void;
  /** Hides a message for a time in seconds from now. */
  hide(id: string, seconds: number): void;
  /** All messages, without receiving them. */
  peek(): readonly Message[];
  /** The number of all messages, visible or hidden. */
  readonly size: number;
  /** The number of visible messages. */
  readonly visible: number;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface QueueOptions {
  readonly visibilitySeconds?: number;
  readonly deadLetters?: { readonly queue: Queue; readonly maxReceives: number };
  /** Further attributes, such as `Policy`. */
  readonly attributes?: Readonly<Record<string, string>>;
}

interface Held {
  message: Message;
  visibleAt: number;
}

/**
 * A standard queue: a message that is received and not removed becomes visible again, and finally goes to the
 * dead-letter queue.
 */
export function createQueue(name: string, clock: Clock, options: QueueOptions = {}): Queue {
  const { visibilitySeconds = 30, deadLetters, attributes: ofQueue = {} } = options;
  const held = new Map<string, Held>();
  const receiveOne = (one: Held): Message[] => {
    const { message } = one;
    if (deadLetters && message.receives >= deadLetters.maxReceives) {
      held.delete(message.id);
      deadLetters.queue.send(message.body, { attributes: message.attributes });
      return [];
    }
    one.message = { ...message, receives: message.receives + 1 };
    one.visibleAt = clock.now().getTime() + visibilitySeconds * 1000;
    return [one.message];
  };
  const visible = () => [...held.values()].filter((one) => one.visibleAt <= clock.now().getTime());
  return {
    name,
    attributes: ofQueue,
    send(body, { delaySeconds = 0, attributes = {} } = {}) {
      const id = randomUUID();
      const sentAt = clock.now();
      const message = { id, body, receives: 0, sentAt, attributes };
      held.set(id, { message, visibleAt: sentAt.getTime() + delaySeconds * 1000 });
      return id;
    },
    receive(max = 10) {
      const now = clock.now().getTime();
      const taken: Held[] = [];
      for (const one of held.values()) {
        if (taken.length === max) break;
        if (one.visibleAt <= now) taken.push(one);
      }
      return taken.flatMap(receiveOne);
    },
    remove: (id) => void held.delete(id),
    hide(id, seconds) {
      const one = held.get(id);
      if (one) one.visibleAt = clock.now().getTime() + seconds * 1000;
    },
    peek: () => [...held.values()].map(({ message }) => message),
    get size() {
      return held.size;
    },
    get visible() {
      return visible().length;
    },
  };
}

/** SQS's JSON protocol. Receipt handles are message ids. */
export function createSqs(queues: ReadonlyMap<string, Queue>): Service {
  return ({ operation, input }) => {
    const queue = queues.get(text(input, "QueueUrl")?.split("/").at(-1) ?? "");
    if (!queue) throw new AwsFault("QueueDoesNotExist", "The specified queue does not exist.");
    switch (operation) {
      case "SendMessage": {
        const body = text(input, "MessageBody") ?? "";
        const MessageId = queue.send(body, {
          delaySeconds: Number(input.DelaySeconds ?? 0),
          attributes: attributesOf(input),
        });
        return { json: { MessageId, MD5OfMessageBody: createHash("md5").update(body).digest("hex") } };
      }
      case "ReceiveMessage": {
        const Messages = queue.receive().map(({ id, body, receives }) => ({
          MessageId: id,
          ReceiptHandle: id,
          Body: body,
          MD5OfBody: createHash("md5").update(body).digest("hex"),
          Attributes: { ApproximateReceiveCount: String(receives) },
        }));
        return { json: { Messages } };
      }
      case "ChangeMessageVisibility":
        queue.hide(text(input, "ReceiptHandle") ?? "", Number(input.VisibilityTimeout ?? 0));
        return { json: {} };
      case "GetQueueAttributes": {
        const Attributes = {
          ...queue.attributes,
          ApproximateNumberOfMessages: String(queue.size),
          ApproximateNumberOfMessagesNotVisible: "0",
        };
        return { json: { Attributes } };
      }
      case "DeleteMessage":
        queue.remove(text(input, "ReceiptHandle") ?? "");
        return { json: {} };
      default:
        throw new AwsFault("UnknownOperationException", operation);
    }
  };
}

function attributesOf(input: JsonObject): Record<string, string> {
  const given = isObject(input.MessageAttributes) ? input.MessageAttributes : {};
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, text(value, "StringValue") ?? ""]));
}
