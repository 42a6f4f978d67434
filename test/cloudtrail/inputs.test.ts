import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { placeOf } from "../../lib/cli/input/read-all.ts";
import { readInputs } from "../../lib/cloudtrail/inputs.ts";

const folder = mkdtempSync(join(tmpdir(), "keyward-inputs-"));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: string | Buffer): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};

const envelope = JSON.parse(readFileSync("events/CreateNotebookInstance/fail-no-key.json", "utf8"));
const record = envelope.detail;
const log = { Records: [record] };
const lookup = { Events: [{ EventName: record.eventName, CloudTrailEvent: JSON.stringify(record) }] };
const sqsOf = (body: unknown) => ({ Records: [{ eventSource: "aws:sqs", body: JSON.stringify(body) }] });
const notification = { Type: "Notification", TopicArn: "arn:aws:sns:…", Message: JSON.stringify(envelope) };

const csvCell = (value: unknown) => `"${JSON.stringify(value).replaceAll('"', '""')}"`;

/** The content of a file: `place` of each event, and each fault in a line, without the folder. */
async function read(...paths: string[]): Promise<{ events: unknown[]; places: string[]; faults: string[] }> {
  const found = { events: [] as unknown[], places: [] as string[], faults: [] as string[] };
  for await (const one of readInputs(paths)) {
    const bare = (text: string) => text.replace(`${folder}/`, "");
    if ("input" in one) {
      found.events.push(one.input.event);
      found.places.push(bare(placeOf(one.input)));
    } else found.faults.push(bare(`${placeOf(one.fault)}: ${one.fault.message}`));
  }
  return found;
}

describe("the forms of event files", () => {
  it.each([
    ["an envelope", JSON.stringify(envelope), [envelope], [""]],
    ["a bare record, formatted", JSON.stringify(record, null, 2), [record], [""]],
    ["a log", JSON.stringify({ Records: [record, record] }), [record, record], [" Records[0]", " Records[1]"]],
    ["a gzip log, whatever its name", gzipSync(JSON.stringify(log)), [record], [" Records[0]"]],
    ["a gzip of two members", Buffer.concat([gzipSync("[1,"), gzipSync("2]")]), [1, 2], ["[0]", "[1]"]],
    ["the output of lookup-events", JSON.stringify(lookup), [record], [" Events[0].CloudTrailEvent"]],
    ["an SQS event", JSON.stringify(sqsOf(envelope)), [envelope], [" Records[0].body"]],
    ["SNS in SQS", JSON.stringify(sqsOf(notification)), [envelope], [" Records[0].body.Message"]],
    ["an SNS event", JSON.stringify({ Records: [{ Sns: notification }] }), [envelope], [" Records[0].Sns.Message"]],
    [
      "an array of different forms",
      JSON.stringify([envelope, [log]]),
      [envelope, record],
      [" [0]", " [1][0].Records[0]"],
    ],
    ["a byte order mark", `\ufeff${JSON.stringify(envelope)}`, [envelope], [""]],
    ["PowerShell's UTF-16", Buffer.from(`\ufeff${JSON.stringify(envelope)}`, "utf16le"), [envelope], [""]],
    [
      "JSON Lines",
      `${JSON.stringify(envelope)}\n\n${JSON.stringify(log)}\r\n`,
      [envelope, record],
      [" line 1", " line 3 Records[0]"],
    ],
    [
      "documents one after another",
      `${JSON.stringify(envelope, null, 2)}\n${JSON.stringify({ ...record, note: '"}{' }, null, 2)}`,
      [envelope, { ...record, note: '"}{' }],
      [" line 1", ` line ${JSON.stringify(envelope, null, 2).split("\n").length + 1}`],
    ],
    [
      "a table of CloudTrail Lake",
      `eventJson\n${csvCell(record)}\n${csvCell(record)}\n`,
      [record, record],
      [" row 1", " row 2"],
    ],
    [
      "get-query-results",
      JSON.stringify({ QueryResultRows: [[{ eventJson: JSON.stringify(record) }]] }),
      [record],
      [" QueryResultRows[0][0].eventJson"],
    ],
    [
      "a row of Athena",
      JSON.stringify({
        eventsource: "sagemaker.amazonaws.com",
        eventname: "CreateModel",
        requestparameters: '{"a":1}',
      }),
      [
        {
          eventSource: "sagemaker.amazonaws.com",
          eventName: "CreateModel",
          requestParameters: { a: 1 },
          readOnly: false,
        },
      ],
      [""],
    ],
    ["a call that itself has a body", JSON.stringify({ ...record, body: "x" }), [{ ...record, body: "x" }], [""]],
  ])("are read: %s", async (_what, content, events, places) => {
    const found = await read(write("form.json", content));
    expect(found).toEqual({
      events,
      places: places.map((at) => placeOf({ file: "form.json", at: at.trim() })),
      faults: [],
    });
  });

  it("are found in folders to any depth, in order; files without the name of an event file are skipped", async () => {
    mkdirSync(join(folder, "deep/er"), { recursive: true });
    for (const name of ["b.jsonl", "a.json", "er/c.log", "er/d.ndjson"]) write(`deep/${name}`, "{}");
    write("deep/e.json.gz", gzipSync("{}"));
    write("deep/notes.txt", "not this one");
    write("deep/world.json", "nor this");
    const names = ["a.json", "b.jsonl", "e.json.gz", "er/c.log", "er/d.ndjson"];
    expect(await read(join(folder, "deep"))).toMatchObject({ places: names.map((name) => `deep/${name}`), faults: [] });
  });
});

describe("an input with a fault", () => {
  const big = { ...record, requestParameters: { notebookInstanceName: "x".repeat(10 * 1024 * 1024) } };
  const laidOut = '{\n  "a": 1,\n  "b": }\n';
  const inBody = (members: string) => JSON.stringify({ Records: [{ body: `{"detail":{${members}}}` }] });
  it.each([
    ["not JSON", laidOut, "x.json:3:8: not JSON (value expected); correct it there, or give an event as JSON"],
    ["cut off", '{"a": [1, 2', /^x\.json:1:12: not JSON \(close bracket expected\)/],
    ["empty", " \n", "x.json: empty; give an event as JSON"],
    ["a truncated gzip", gzipSync(JSON.stringify(record)).subarray(0, 60), /^x\.json: a damaged or truncated gzip/],
    ["an event of 10 MB", JSON.stringify([big]), /^x\.json \[0\]: an event of over 1 MiB/],
    ["nested without end", "[".repeat(1e5) + "]".repeat(1e5), /x\.json: nested too deep/],
    ["an empty log", '{"Records":[]}', /^x\.json Records: no event in it/],
    ["a body that is not JSON", '{"Records":[{"body":"{"}]}', /^x\.json Records\[0\]\.body: not JSON/],
    [
      "__proto__",
      inBody('"__proto__":{"a":1}'),
      /^x\.json Records\[0\]\.body\.detail\.__proto__: a member named __proto__/,
    ],
  ])("is reported: %s", async (_what, content, fault) => {
    const { faults } = await read(write("x.json", content));
    expect(faults).toEqual([typeof fault === "string" ? fault : expect.stringMatching(fault)]);
  });

  it("is reported with its line number if the other lines are good, and also if it is the first line", async () => {
    const good = JSON.stringify(record);
    expect(await read(write("l.jsonl", `nope\n${good}\n{"x"\n${good}\n`))).toMatchObject({
      places: ["l.jsonl line 2", "l.jsonl line 4"],
      faults: [expect.stringMatching(/^l\.jsonl:1:1: not JSON/), expect.stringMatching(/^l\.jsonl:3:5: not JSON/)],
    });
  });

  it("is reported for a __proto__ member, and its event is still judged", async () => {
    const { events, faults } = await read(write("p.json", '{"eventName":"x","__proto__":{"polluted":true}}'));
    expect(faults).toHaveLength(1);
    expect(events).toHaveLength(1);
    expect(Object.getPrototypeOf(events[0])).toBe(Object.prototype);
    expect({}).not.toHaveProperty("polluted");
  });

  it("is refused if it is a pipe or a device, and the other inputs are read", async () => {
    const pipe = join(folder, "pipe.json");
    execFileSync("mkfifo", [pipe]);
    const { faults, places } = await read(pipe, "/dev/zero", write("after.json", JSON.stringify(record)));
    expect(faults).toEqual([
      expect.stringMatching(/^pipe\.json: not a regular file/),
      expect.stringMatching(/^\/dev\/zero: not a regular file/),
    ]);
    expect(places).toEqual(["after.json"]);
  });

  it("is refused if it is a gzip that unpacks to more than 64 MiB", async () => {
    const bomb = gzipSync(Buffer.alloc(65 * 1024 * 1024, " "));
    expect(bomb.length).toBeLessThan(100_000);
    const { faults } = await read(write("bomb.json.gz", bomb));
    expect(faults).toEqual(["bomb.json.gz: over 64 MiB when unpacked; split it"]);
  });

  it("does not stop the others if it is a missing file or a folder without events", async () => {
    mkdirSync(join(folder, "bare"), { recursive: true });
    const last = write("last.json", JSON.stringify(record));
    expect(await read(join(folder, "absent.json"), join(folder, "bare"), last)).toMatchObject({
      places: ["last.json"],
      faults: [
        "absent.json: no such file or folder; check the path",
        expect.stringMatching(/^bare: no \*\.json, .* in it/),
      ],
    });
  });
});
