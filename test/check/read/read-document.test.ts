import { describe, expect, it } from "vitest";
import { readDocument } from "../../../lib/check/read/read-document.ts";

describe("the position of a path in a document", () => {
  const text =
    '{\n\t"Steps": [\n\t\t{"Name": "Prepare"},\n\t\t{\n\t\t\t"Name": "Train",\n\t\t\t"Arguments": {}\n\t\t}\n\t]\n}\n';
  it.each([
    [["Steps"], "2:2"],
    [["Steps", 0], "3:3"],
    [["Steps", "Train"], "4:3"],
    [["Steps", "Train", "Arguments"], "6:4"],
    [["Steps", "Train", "Arguments", "ResourceConfig", "VolumeKmsKeyId"], "6:4"],
    [["Steps", "Nowhere", "Arguments"], "2:2"],
    [["Steps", 9], "2:2"],
    [["Nothing"], "1:1"],
    [[], "1:1"],
  ])("%j is at %s", (path, expected) => {
    const read = readDocument(text);
    if (!("document" in read)) throw new Error(read.fault);
    const { line, column } = read.document.positionOf(path);
    expect(`${line}:${column}`).toBe(expected);
  });
});
