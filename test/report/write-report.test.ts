import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { protectsNoun } from "../../lib/catalogue/protects.ts";
import type { Counts, Report } from "../../lib/core/report/report.ts";
import { clean } from "../../lib/report/clean.ts";
import { encodeFindings } from "../../lib/report/encode-findings.ts";
import { headlineOf } from "../../lib/report/headline.ts";
import { rowAt } from "../../lib/report/page/row.js";
import { weeksOf } from "../../lib/report/weeks.ts";
import { inWords, kindWords, percent } from "../../lib/report/words.ts";
import { writeReport } from "../../lib/report/write-report.ts";
import { publicReport } from "../../lib/wording/public-report.ts";
import { PLANTED, plant } from "./planted.ts";
import { sampleReport } from "./sample-report.ts";

const NONE: Counts = { compliant: 0, "non-compliant": 0, undetermined: 0, exempt: 0, ignored: 0, malformed: 0 };

describe("the file of a report", () => {
  const html = writeReport(sampleReport({ findings: 120 }));
  const between = (before: string, after: string, from = html) => from.split(before)[1]?.split(after)[0] ?? "";

  it("loads nothing, and runs and styles only with its own code", () => {
    const policy = new Map(
      between('Content-Security-Policy" content="', '"')
        .split("; ")
        .map((directive) => directive.replaceAll("&#39;", "'").split(/ (.*)/) as [string, string]),
    );
    const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    expect(Object.fromEntries(policy)).toMatchObject({
      "default-src": "'none'",
      "style-src": hash(between("<style>", "</style>")),
      "script-src": hash(between("<script>", "</script>")),
      "img-src": "data:",
      "base-uri": "'none'",
      "form-action": "'none'",
    });
    expect(html.match(/(src|href|action)="(?!#)|@import ["u]|url\("(?!#)|\son\w+=|\sstyle="/g)).toBeNull();
  });

  it.each(PLANTED)("contains %s only escaped", (text) => {
    const report = sampleReport({ findings: 30 });
    const planted = writeReport(plant(report, text));
    const tags = (from: string) => from.match(/<\/?script\b|<(img|svg|body|b|i)\b|<!--/g)?.toSorted() ?? [];
    const data = between('id="finding-data">', "</script>", planted);
    expect(data).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(data).texts).toContain(text);
    // Bars are drawn by count. The planted text changes no count, unless groups with the same name are merged.
    const kinds = (from: string) => [...new Set(tags(from))];
    expect(kinds(planted)).toEqual(kinds(writeReport(report)));
    expect(tags(planted).filter((tag) => tag.includes("script"))).toEqual([
      "</script",
      "</script",
      "<script",
      "<script",
    ]);
  });

  it("is the same for the same report", () => {
    expect(writeReport(sampleReport({ findings: 120 }))).toBe(html);
  });

  it.each([
    ["backtest", ["Actions that the policy would have taken", "would have been exceeded", "calls judged"]],
    ["sweep", ["Actions of the policy", "is exceeded", "resources judged"]],
  ] as const)("has the right words for a %s", (of, words) => {
    const text = writeReport(sampleReport({ findings: 40, of }));
    for (const word of words) expect(text).toContain(word);
    expect(text).not.toContain(of === "sweep" ? "calls judged" : "resources judged");
  });

  it("names damaged files, and only counts those after the first fifty", () => {
    const report = sampleReport({ findings: 1 });
    const damaged = Array.from({ length: 53 }, (_, i) => `log-${i}.json.gz`);
    const text = writeReport({ ...report, read: { ...report.read, damaged } });
    expect(text).toContain("53 files were damaged");
    expect(text).toContain("log-49.json.gz".replaceAll(".", ".<wbr>"));
    expect(text).toContain("And 3 more.");
  });

  it("omits the sections without data", () => {
    const none = writeReport(sampleReport({ findings: 0 }));
    const sections = [...none.matchAll(/<section id="([\w-]+)"/g)].map(([, id]) => id);
    expect(sections).toEqual(["exemptions", "terms"]);
  });
});

describe("findings as columns", () => {
  it("can be decoded into the same words", () => {
    const { findings } = publicReport(sampleReport({ findings: 200 }));
    const data = encodeFindings(findings);
    expect(findings.map((_, i) => rowAt(data, i))).toEqual(
      findings.map(({ eventID, eventTime, eventName, kind, arn, settings, because, code: _, ...rest }) => ({
        ...rest,
        id: eventID,
        time: eventTime,
        call: eventName,
        kind: kindWords(kind),
        arn: arn ?? undefined,
        because,
        settings: settings.map(({ code: _code, ...one }) => ({
          because: undefined,
          key: undefined,
          ...one,
          protects: protectsNoun(one.protects),
        })),
      })),
    );
  });

  it.each([
    ["2026-01-01T00:00:00Z", "2026-W01"],
    ["2027-01-01T00:00:00Z", "2026-W53"],
    ["2026-11-02T00:00:00Z", "2026-W45"],
    ["2026-11-01T23:59:59Z", "2026-W44"],
    ["yesterday", "unknown"],
  ])("puts %s in %s", (eventTime, week) => {
    const [finding] = sampleReport({ findings: 1 }).findings;
    if (!finding) throw new Error("the sample has no finding");
    const { texts, rows } = encodeFindings([{ ...finding, eventTime }]);
    expect(texts[rows.week[0] ?? -1]).toBe(week);
  });
});

describe("weeks", () => {
  it("have no gaps, over a year's end", () => {
    const group = (name: string) => ({ name, verdicts: { ...NONE, compliant: 1 } });
    expect(weeksOf([group("2026-W52"), group("2027-W02")]).map(({ name, starts }) => [name, starts])).toEqual([
      ["2026-W52", "2026-12-21"],
      ["2026-W53", "2026-12-28"],
      ["2027-W01", "2027-01-04"],
      ["2027-W02", "2027-01-11"],
    ]);
  });

  it("keep a name that is not a week", () => {
    expect(weeksOf([{ name: "some day", verdicts: NONE }])).toEqual([{ name: "some day", verdicts: NONE }]);
  });
});

describe("shares", () => {
  it.each([
    [0, 100, "0%"],
    [1, 100_000, "<0.1%"],
    [99_999, 100_000, ">99.9%"],
    [100, 100, "100%"],
    [1, 8, "12.5%"],
    [0, 0, "–"],
  ])("%d of %d is %s", (part, whole, text) => expect(percent(part, whole)).toBe(text));

  it.each([
    [1, 1, "the one"],
    [12, 12, "all 12"],
    [3, 7, "3 of 7"],
    [125, 1000, "one in eight"],
    [119, 1000, "about one in eight"],
    [500, 1000, "half"],
    [740, 1000, "about three in four"],
    [999, 1000, "nearly all"],
    [1, 1000, "fewer than one in a hundred"],
  ])("%d of %d is %s", (part, whole, words) => expect(inWords(part, whole)).toBe(words));
});

describe("the headline", () => {
  const sample = sampleReport({ findings: 0 });
  const say = (of: Report["of"], counts: Partial<Counts>) => {
    const { title, lead } = headlineOf({ ...sample, of, verdicts: { ...NONE, ...counts } });
    return `${title}. ${lead}`;
  };

  it.each([
    [
      "backtest",
      { "non-compliant": 119, compliant: 881 },
      "About one in eight calls left data not under an accepted key. 119 of 1,000 calls judged (11.9%).",
    ],
    [
      "sweep",
      { "non-compliant": 119, compliant: 881 },
      "About one in eight resources is not under an accepted key. 119 of 1,000 resources judged (11.9%).",
    ],
    [
      "sweep",
      { "non-compliant": 2, compliant: 1, undetermined: 3, exempt: 1 },
      "2 of 7 resources are not under an accepted key. 2 of 7 resources judged (28.6%). 3 are undetermined. 1 is exempt.",
    ],
    [
      "backtest",
      { "non-compliant": 50, compliant: 50 },
      "Half of the calls left data not under an accepted key. 50 of 100 calls judged (50.0%).",
    ],
    [
      "backtest",
      { "non-compliant": 1 },
      "The one call left data not under an accepted key. 1 of 1 call judged (100%).",
    ],
    [
      "backtest",
      { undetermined: 2, compliant: 1 },
      "No call is known to have left data not under an accepted key. 1 of 3 calls judged was compliant. 2 are undetermined.",
    ],
    [
      "backtest",
      { compliant: 8214 },
      "Nothing to report: all 8,214 calls judged were compliant. Every setting that the policy requires names a key that it accepts, or does not apply.",
    ],
    [
      "sweep",
      { compliant: 1 },
      "Nothing to report: the one resource judged is compliant. Every setting that the policy requires names a key that it accepts, or does not apply.",
    ],
    [
      "backtest",
      { ignored: 120 },
      "Nothing to report: no call to judge. The input holds 120 SageMaker records, but no call that the policy judges.",
    ],
    ["sweep", {}, "Nothing to report: no resource to judge. The sweep found no resource that can hold a KMS key."],
  ] as const)("describes a %s with %j", (of, counts, text) => expect(say(of, counts)).toBe(text));
});

describe("texts", () => {
  it.each([
    ["plain text", "plain text"],
    ["two  spaces", "two spaces"],
    ["\u202Eturned\u2066\u200B", "turned"],
    ["line\nbreak\u2028", "line break"],
    ["שלום", "שלום"],
    ["x".repeat(2000), `${"x".repeat(999)}…`],
  ])("%j are made fit for one line", (text, fit) => {
    expect(clean({ of: [{ text }], count: 1, none: null })).toEqual({ of: [{ text: fit }], count: 1, none: null });
  });
});
