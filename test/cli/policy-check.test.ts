import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { keyward } from "../support/cli.ts";

const dir = mkdtempSync(join(tmpdir(), "keyward-policy-check-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const write = (name: string, content: string | Buffer): string => {
  const file = join(dir, name);
  writeFileSync(file, content);
  return file;
};

const HEAD = "version: 1\nkeys: {accept: any}\nrespond: {default: [tag]}\n";
const exemption = (more: string, name: string, expires: string) =>
  `  - {name: ${name}, reason: r, owner: o, expires: ${expires}, match: {${more}}}\n`;

function fifo(): string {
  const file = join(dir, "fifo");
  spawnSync("mkfifo", [file]);
  return file;
}

const bomb = () =>
  ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    .concat(Array.from({ length: 8 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(", ")}]`))
    .join("\n");

describe("policy check of a file that is no policy", () => {
  it.each([
    ["5 MB", () => write("large.yaml", "#".repeat(5_000_000)), ": over 256 KiB; give a policy file"],
    ["a FIFO", fifo, ": not a regular file but a pipe, a socket or a device; give a file, or - for standard input"],
    [
      "an empty file",
      () => write("empty.yaml", ""),
      ":1:1 the policy: must be a mapping (lines of `name: value`); it is empty",
    ],
    [
      "an alias bomb",
      () => write("bomb.yaml", bomb()),
      ":1:1 its aliases (*name) stand for too much; write the values themselves",
    ],
    [
      "a binary",
      () => write("binary", Buffer.from(Array.from({ length: 9000 }, (_, i) => (i * 7) % 256))),
      ":1:1 not text in UTF-8; a policy is a text file in YAML or JSON",
    ],
    ["a folder", () => dir, ": a folder; give a file"],
  ])("%s: one line", (_what, make, words) => {
    const file = make();
    expect(keyward(["policy", "check", file])).toMatchObject({ code: 2, out: "", err: `keyward: ${file}${words}\n` });
  });
});

describe("policy check", () => {
  const file = write(
    "warned.yaml",
    `${HEAD}exemptions:\n${exemption('name: "*"', "a", "2099-01-31")}${exemption("kind: app", "b", "2099-01-31")}`,
  );

  it("prints warnings with their lines, and exits with 0", () => {
    const { code, out, err } = keyward(["policy", "check", file]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const text = out.replaceAll(file, "warned.yaml").replace(/\n {4}/g, " ");
    expect(text).toMatch(/^ {2}! warned\.yaml:5:\d+ exemptions\[0\]\.expires: 2099-01-31 is more than a year away/m);
    expect(text).toMatch(/^ {2}! warned\.yaml:5:\d+ exemptions\[0\]\.match: covers every resource/m);
    expect(text.match(/ {2}! /g)).toHaveLength(3);
  });

  it("has the warnings in its JSON, beside the members that it had", () => {
    const { out } = keyward(["policy", "check", file, "--json"]);
    expect(JSON.parse(out)).toEqual({
      file,
      ok: true,
      problems: [],
      warnings: [5, 5, 6].map((line) => ({ line, column: expect.any(Number), message: expect.any(String) })),
      expiring: [],
    });
  });

  it("refuses two exemptions with one name, and an unknown kind", () => {
    const twice = write(
      "twice.yaml",
      `${HEAD}exemptions:\n${exemption("name: x", "a", "2020-01-31")}${exemption("name: y", "a", "2020-01-31")}`,
    );
    const { code, err } = keyward(["policy", "check", twice]);
    expect(code).toBe(2);
    expect(err).toContain('twice.yaml:6:6 exemptions[1].name: "a" is the name of exemptions[0] too');
    const kind = write("kind.yaml", `${HEAD}exemptions:\n${exemption("kind: traning-job", "a", "2020-01-31")}`);
    const { out } = keyward(["policy", "check", kind, "--json"]);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      problems: [
        { line: 5, message: expect.stringMatching(/unknown kind "traning-job"; did you mean "training-job"\?$/) },
      ],
      warnings: [],
    });
  });
});
