import { describe, expect, it } from "vitest";
import { locate } from "../../lib/cli/input/locate.ts";
import { fold } from "../../lib/cli/terminal/layout.ts";
import { WIDTH } from "../../lib/cli/terminal/terminal.ts";

describe("fold", () => {
  it("keeps a short line unchanged, after its indent", () => expect(fold("a b", 4)).toBe("    a b"));

  it("breaks at spaces, so that each line fits", () => {
    const text = "word ".repeat(60).trim();
    const lines = fold(text, 2, 6).split("\n");
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.every((line) => line.length <= WIDTH)).toBe(true);
    expect(lines[1]).toMatch(/^ {6}word/);
    expect(lines.map((line) => line.trim()).join(" ")).toBe(text);
  });

  it("breaks a word that no line can hold after a dot, and loses nothing", () => {
    const path = Array(12).fill("TrainingJobDefinition").join(".");
    const lines = fold(path, 6, 8).split("\n");
    expect(lines.every((line) => line.length <= WIDTH)).toBe(true);
    expect(lines.map((line) => line.trim()).join("")).toBe(path);
  });
});

describe("locate", () => {
  const request = { definitions: [{}, { Config: { kmsKeyId: "" } }] };
  it.each([
    ["Definitions[1].Config.KmsKeyId", { at: "definitions[1].Config.kmsKeyId", value: "" }],
    ["Definitions[0].Config.KmsKeyId", { at: "definitions[0]", missing: "Config", value: {} }],
    ["Definitions[2].Config", { at: "definitions", missing: "[2]", value: request.definitions }],
    ["Definitions[].Config", { at: "definitions", missing: "[]", value: request.definitions }],
    ["constructor", { at: "", missing: "constructor", value: request }],
  ])("finds the existing part of the path %s", (path, found) => expect(locate(request, path)).toEqual(found));
});
