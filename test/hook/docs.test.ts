import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readPolicy } from "../../lib/policy/read-policy.ts";
import { answerAbout, answerTo } from "./hook-events.ts";

const shipped = () => {
  const read = readPolicy(readFileSync("policy.yaml", "utf8"));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return { policy: read.policy };
};
const payload = (name: string) => JSON.parse(readFileSync(`test/hook/payloads/${name}.json`, "utf8"));

it("docs/hook.md shows the real answer", async () => {
  const { answer } = await answerTo(payload("resource"), shipped());
  const text = JSON.stringify(answer, null, 2).replace(/^/gm, "    ");
  expect(readFileSync("docs/hook.md", "utf8")).toContain(text);
});

it("the payloads for a trial are answered", async () => {
  const cloudControl = await answerTo(payload("cloud-control"), shipped());
  expect(cloudControl.answer.hookStatus).toBe("SUCCESS");
  const event = payload("stack");
  const stack = await answerAbout(
    (url) => ({ ...event, requestData: { ...event.requestData, payload: url } }),
    payload("stack-payload"),
    shipped(),
  );
  expect(stack.answer.message).toMatch(/\(1\) New .*\(2\) ByParameter .*\(3\) Before /);
});
