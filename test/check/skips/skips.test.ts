import { describe, expect, it } from "vitest";
import { findingsOf } from "../../../lib/check/model/finding.ts";
import type { FileResult } from "../../../lib/check/model/result.ts";
import { policyOf } from "../../support/build.ts";
import { checkText } from "../check-text.ts";

const POLICY = policyOf({ keys: { accept: "customer-managed" } });
const FULL = 'setting=KmsKeyId reason="moves in March" owner=ana expires=2027-03-31';

/** The verdict of each resource, and what is said of skips that cover nothing. */
function said(result: FileResult): string[] {
  if (result.is === "fault") return [`fault ${result.line}:${result.column} ${result.message}`];
  if (result.is !== "judged") return [result.is];
  return [
    ...result.resources.map(({ subject, verdict }) => `${subject.place} ${verdict}`),
    ...(result.skips ?? []).map(({ line, setting, why }) => `${line} ${setting} ${why.is}`),
  ];
}

const read = (content: unknown, file = "template.yaml") => said(checkText(content, { file, policy: POLICY }));

const notebook = (name: string, inside = "") =>
  `  ${name}:\n    Type: AWS::SageMaker::NotebookInstance\n${inside}    Properties:\n      InstanceType: ml.t3.medium\n`;

describe("a skip in a comment", () => {
  it.each([
    ["right above its resource", `Resources:\n  # keyward:skip ${FULL}\n${notebook("A")}${notebook("B")}`],
    ["above another comment", `Resources:\n  # keyward:skip ${FULL}\n  # more\n${notebook("A")}${notebook("B")}`],
    [
      "in the line of its name",
      `Resources:\n${notebook("A").replace("A:", `A: # keyward:skip ${FULL}`)}${notebook("B")}`,
    ],
    ["within it", `Resources:\n${notebook("A", `    # keyward:skip ${FULL}\n`)}${notebook("B")}`],
    ["within it, at the margin", `Resources:\n${notebook("A", `# keyward:skip ${FULL}\n`)}${notebook("B")}`],
    [
      "beside a member",
      `Resources:\n${notebook("A").replace(".medium", `.medium # keyward:skip ${FULL}`)}${notebook("B")}`,
    ],
    ["at its end, as deep as it", `Resources:\n${notebook("A")}    # keyward:skip ${FULL}\n${notebook("B")}`],
  ])("%s covers its finding and no other", (_, text) =>
    expect(read(text)).toEqual(["Resources.A exempt", "Resources.B non-compliant"]),
  );

  it("above the second resource is not on the first", () =>
    expect(read(`Resources:\n${notebook("A")}  # keyward:skip ${FULL}\n${notebook("B")}`)).toEqual([
      "Resources.A non-compliant",
      "Resources.B exempt",
    ]));

  it("on no resource is said", () =>
    expect(read(`# keyward:skip ${FULL}\n\nResources:\n${notebook("A")}`)).toEqual([
      "Resources.A non-compliant",
      "1 KmsKeyId no-resource",
    ]));

  it("in a text of the template is no comment", () => {
    const text = `Resources:\n${notebook("A", `    Description: |\n      # keyward:skip ${FULL}\n`)}`;
    expect(read(text)).toEqual(["Resources.A non-compliant"]);
    expect(read(text.replace("|\n     ", '"').replace(/$/, ""))).not.toEqual(["Resources.A exempt"]);
  });

  it("in a request is on the whole request", () => {
    for (const text of [
      `# keyward:skip ${FULL}\nNotebookInstanceName: a\n`,
      `NotebookInstanceName: a # keyward:skip ${FULL}\n`,
      `NotebookInstanceName: a\n# keyward:skip ${FULL}\n`,
    ]) {
      expect(read(text, "create-notebook-instance.yaml")).toEqual(["create-notebook-instance.yaml exempt"]);
    }
  });

  it("in the SDK's file is on its section", () => {
    const text = `SchemaVersion: "1.0"\nSageMaker:\n  # keyward:skip ${FULL.replace("KmsKeyId", "output")}\n  TransformJob:\n    TransformResources: {}\n  AutoMLJob:\n    AutoMLJobConfig: {}\n`;
    const [transform, autoMl] = (
      checkText(text, { file: "config.yaml", policy: POLICY }) as Extract<FileResult, { is: "judged" }>
    ).resources;
    const suppressed = (one: typeof transform) => (one ? findingsOf(one) : []).filter((finding) => finding.suppressed);
    expect([transform, autoMl].map((one) => suppressed(one).length)).toEqual(
      transform?.subject.place.includes("TransformJob") ? [1, 0] : [0, 1],
    );
  });
});

const template = (skip: unknown) => ({
  Resources: { A: { Type: "AWS::SageMaker::NotebookInstance", Metadata: { keyward: { skip } }, Properties: {} } },
});
const full = { setting: "KmsKeyId", reason: "moves in March", owner: "ana", expires: "2027-03-31" };

describe("a skip in a template's metadata", () => {
  it.each(["KmsKeyId", "volume", "Kms*"])("covers a finding by %s", (setting) =>
    expect(read(template([{ ...full, setting }]), "template.json")).toEqual(["Resources.A exempt"]),
  );

  it("that covers nothing is said", () =>
    expect(read(template([full, { ...full, setting: "output" }]))).toEqual([
      "Resources.A exempt",
      "14 output no-finding",
    ]));

  it("on a resource that is not judged is said", () =>
    expect(read({ Resources: { B: { Type: "AWS::S3::Bucket", Metadata: { keyward: { skip: [full] } } } } })).toEqual([
      "8 KmsKeyId no-finding",
    ]));

  it("counts up to its last day, in UTC, and is said afterwards", () => {
    // The check is made on 2026-11-02.
    expect(read(template([{ ...full, expires: "2026-11-02" }]))).toEqual(["Resources.A exempt"]);
    expect(read(template([{ ...full, expires: "2026-11-01" }]))).toEqual([
      "Resources.A non-compliant",
      "8 KmsKeyId expired",
    ]);
  });

  it.each([
    ...Object.keys(full).map((member) => [
      { ...full, [member]: undefined },
      new RegExp(`^fault 8:\\d+ .* without ${member}`),
    ]),
    ...Object.keys(full).map((member) => [{ ...full, [member]: " " }, new RegExp(`without ${member}`)]),
    [{ ...full, owner: 3 }, /without owner/],
    ["KmsKeyId", /without setting/],
    [{ ...full, expires: "next March" }, /^fault 8:\d+ .* expires is no date/],
    [{ ...full, expires: "2027-02-30" }, /no date/],
  ] as [unknown, RegExp][])("%j is a fault of the file", (skip, message) =>
    expect(read(template([skip]))).toEqual([expect.stringMatching(message)]),
  );

  it.each([[{}], [{ skip: full }], [[full]]])("%j is no list of skips", (keyward) =>
    expect(read({ Resources: { A: { Type: "AWS::SageMaker::NotebookInstance", Metadata: { keyward } } } })).toEqual([
      expect.stringMatching(/^fault \d+:\d+ Metadata.keyward must have a list/),
    ]),
  );
});

it.each(["reason=x owner=y expires=2027-03-31", "", 'setting=volume reason="x owner=y expires=2027-03-31'])(
  "a comment with %j is a fault in its line",
  (members) =>
    expect(read(`Resources:\n  # keyward:skip ${members}\n${notebook("A")}`)).toEqual([
      expect.stringMatching(/^fault 2:3 a keyward skip without/),
    ]),
);

it("covers an undetermined setting, and a resource that is open as a whole", () => {
  const skip = [{ ...full, setting: "unknown" }];
  const open = { Type: "AWS::SageMaker::BrandNew", Metadata: { keyward: { skip } } };
  expect(read({ Resources: { A: open } })).toEqual(["Resources.A exempt"]);
  const text = template([full]);
  const undetermined = { ...text.Resources.A, Properties: { KmsKeyId: { "Fn::ImportValue": "x" } } };
  expect(read({ Resources: { A: undetermined } })).toEqual(["Resources.A exempt"]);
});
