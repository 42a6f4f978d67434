import { readFileSync } from "node:fs";

/** Each is a text that a mail, a chat, a page, a terminal, a sheet, a shell or Python would make something of. */
export const HOSTILE = [
  "Your account is closed, sign in at https://evil.example.com/login",
  "evil.example.com/login",
  "www.evil.com",
  "ml.evil.com",
  "s3://b/Your account is closed: call +1 555 0100, or open hxxp://evil.com",
  "http://[2001:db8::1]/x",
  "//203.0.113.7/x",
  "ftp://evil.com/x",
  "https:/\u200b/evil.com",
  "evil.\u00adcom",
  "пример.рф",
  "evil。com",
  "evil﹒com",
  "evil.ⓒⓞⓜ",
  "i❤.ws",
  "xn--e1afmkfd.xn--p1ai",
  "policy.name",
  "<https://evil.example.com|AWS Console>",
  "[AWS Console](https://evil.example.com)",
  "<!channel> <@U012> @here @channel",
  "@everyone",
  "＠everyone",
  "mailto:boss@evil.example.com",
  "boss@evil.example.com",
  "javascript:alert(1)",
  "ms-msdt:/id",
  "\\\\evil.example.com\\share",
  "\\\\\\host\\share",
  "<script>alert(1)</script><img src=x onerror=alert(1)>",
  "\u001b]8;;https://evil.example.com\u0007click\u001b]8;;\u0007\u001b[2J\u009b31m",
  "\u001b[8mYour account is closed\u001b[0m",
  "a\u202egro.live\u2066\u200bb\r\nBcc: all@evil.example.com",
  "a\u2028b\u200dc\ufe0f\u{e0041}\u2800d",
  "Your\u2800account\u2800is\u2800closed",
  `e${"\u0301".repeat(80)}`,
  "W".repeat(5000),
  `=HYPERLINK("https://evil.com","x")`,
  "+1+cmd|' /C calc'!A0",
  "a\tb\rc",
  "$(touch OWNED) `touch OWNED`; touch OWNED",
  "' ; touch OWNED ; '",
  `"; import os; os.system("touch OWNED") #`,
];

/** What mail clients, Slack, Teams and code scanners make a link, a mention or markup of. */
export const LIVE = new RegExp(
  [
    /https?:/,
    /\b(?:mailto|javascript|ms-msdt):\S/,
    /evil\.(?:com|ⓒ)|example\.com|evil[。﹒]com|пример\.рф|\.xn--|i❤\.ws|policy\.name/,
    /203\.0\.113\.7/,
    /(?:^|[^p{L}p{N}[])[@＠](?:here|channel|everyone|U0)/,
    /[<>]|\]\(|\\\\/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "iu",
);

/** Control, bidirectional and invisible characters, blanks, and marks that reach into other lines. */
export const INVISIBLE = /(?!\n)[\p{C}\p{DI}\p{Zl}\p{Zp}\u2800]|\p{M}{5}/u;

/** What is live or invisible in a text; empty if nothing is. */
export const hitsIn = (text: string): string[] => [LIVE, INVISIBLE].flatMap((bad) => bad.exec(text)?.[0] ?? []);

/** One event for each way in which a mail is written; a file that is missing is an error. */
const EVENTS = [
  "CreateNotebookInstance/fail-no-key",
  "CreateTrainingJob/fail-no-volume-key",
  "CreateTrainingJob/fail-checkpoints-in-bucket-without-key",
  "CreatePipeline/fail-step-without-key",
  "CreatePipeline/undetermined-expression",
  "CreateDomain/fail-no-key",
  "CreateEndpoint/undetermined-config-not-there",
  "CreateTrainingJob/undetermined-unknown-family",
];
/** The members that decide how the event is read: changed, there is nothing to say about it. */
const READ_BY =
  /(^|\.)(eventSource|eventName|source|detail-type|eventVersion|eventType|eventCategory|instanceType|account|recipientAccountId|errorCode|invokedBy|readOnly|awsRegion|region|type|Type)$/i;

/** The event with a hostile text in each string member, as the whole text and at its end. */
function poisoned(value: unknown, evil: string, at = ""): unknown {
  if (typeof value === "string") return READ_BY.test(at) ? value : poisonedText(value, evil);
  if (Array.isArray(value)) return value.map((one) => poisoned(one, evil, at));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, poisoned(inner, evil, `${at}.${name}`)]),
  );
}

function poisonedText(value: string, evil: string): string {
  // A pipeline's definition is JSON within the JSON.
  if (value.startsWith("{")) return JSON.stringify(poisoned(JSON.parse(value), evil));
  return /^(arn:|s3:\/\/)/.test(value) ? `${value}/${evil}` : evil;
}

/** Each hostile text in each event. */
export const CASES = HOSTILE.flatMap((evil) =>
  EVENTS.map((name) => ({
    evil,
    name,
    event: poisoned(JSON.parse(readFileSync(`events/${name}.json`, "utf8")), evil),
  })),
);
