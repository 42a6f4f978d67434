import type { JsonObject } from "../core/model/json.ts";
import { isObject, text } from "../core/model/member.ts";
import { AwsFault, escapeXml, type Service } from "./wire.ts";

export interface Publication {
  readonly topicArn: string;
  readonly subject: string | undefined;
  /** The text for each protocol; a plain message is under `default`. */
  readonly messages: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface LocalSubscription {
  readonly endpoint: string;
  readonly protocol: string;
  readonly confirmed: boolean;
}

export interface Sns {
  /** The subscriptions of each topic, by its ARN. */
  readonly subscriptions: Map<string, readonly LocalSubscription[]>;
  readonly handle: Service;
  readonly publications: readonly Publication[];
  createTopic(name: string): string;
}

const MAX_BYTES = 256 * 1024;

/** Topics and Publish, with the checks that SNS makes (Publish, API Reference). */
export function createSns(account: string, defaultRegion: string): Sns {
  const topics = new Set<string>();
  const publications: Publication[] = [];
  const subscriptions: Sns["subscriptions"] = new Map();
  const createTopic = (name: string, region = defaultRegion) => {
    const arn = `arn:aws:sns:${region}:${account}:${name}`;
    topics.add(arn);
    return arn;
  };
  return {
    publications,
    subscriptions,
    createTopic,
    handle({ operation, region, input }) {
      if (operation === "CreateTopic")
        return answer(operation, `<TopicArn>${createTopic(text(input, "Name") ?? "", region)}</TopicArn>`);
      if (operation === "ListSubscriptionsByTopic") {
        const arn = text(input, "TopicArn") ?? "";
        if (!topics.has(arn)) throw new AwsFault("NotFound", "Topic does not exist", 404);
        return answer(operation, subscriptionList(arn, subscriptions.get(arn) ?? []));
      }
      if (operation !== "Publish") throw new AwsFault("InvalidAction", `The action ${operation} is not valid`);
      const publication = readPublication(input);
      if (!topics.has(publication.topicArn)) throw new AwsFault("NotFound", "Topic does not exist", 404);
      publications.push(publication);
      return answer(operation, `<MessageId>${String(publications.length).padStart(36, "0")}</MessageId>`);
    },
  };
}

const answer = (operation: string, body: string) => ({
  text: `<${operation}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><${operation}Result>${body}</${operation}Result></${operation}Response>`,
});

function subscriptionList(topic: string, all: readonly LocalSubscription[]): string {
  const members = all.map(({ endpoint, protocol, confirmed }, i) => {
    const arn = confirmed ? `${topic}:0000000${i}` : "PendingConfirmation";
    return `<member><TopicArn>${topic}</TopicArn><Protocol>${protocol}</Protocol><SubscriptionArn>${arn}</SubscriptionArn><Endpoint>${escapeXml(endpoint)}</Endpoint></member>`;
  });
  return `<Subscriptions>${members.join("")}</Subscriptions>`;
}

function readPublication(input: JsonObject): Publication {
  const subject = text(input, "Subject");
  const message = text(input, "Message");
  if (message === undefined) throw invalid("Empty message");
  if (Buffer.byteLength(message) > MAX_BYTES) throw invalid("Message too long");
  if (subject !== undefined && !/^[!-~][ -~]{0,98}$/.test(subject)) throw invalid("Subject");
  const messages = text(input, "MessageStructure") === "json" ? readStructure(message) : { default: message };
  return { topicArn: text(input, "TopicArn") ?? "", subject, messages, attributes: readAttributes(input) };
}

function readStructure(message: string): Record<string, string> {
  const parsed: unknown = JSON.parse(message);
  if (!isObject(parsed)) throw invalid("Message Structure - JSON message body failed to parse");
  if (typeof parsed.default !== "string") throw invalid("Message Structure - No default entry in JSON message body");
  return Object.fromEntries(
    Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** Attributes come as `MessageAttributes.entry.1.Name` and `….Value.StringValue`. */
function readAttributes(input: JsonObject): Record<string, string> {
  const names = Object.entries(input).filter(([member]) => /^MessageAttributes\.entry\.\d+\.Name$/.test(member));
  return Object.fromEntries(
    names.map(([member, name]) => [String(name), text(input, member.replace(/Name$/, "Value.StringValue")) ?? ""]),
  );
}

const invalid = (what: string): AwsFault => new AwsFault("InvalidParameter", `Invalid parameter: ${what}`);
