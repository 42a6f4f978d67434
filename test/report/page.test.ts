import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Finding, Report } from "../../lib/core/report/report.ts";
import { writeReport } from "../../lib/report/write-report.ts";
import { type Browser, startBrowser } from "./browser.ts";
import { PLANTED, plant } from "./planted.ts";
import { sampleReport } from "./sample-report.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const REPORTS: readonly (readonly [string, Report])[] = [
  ["no findings", sampleReport({ findings: 0 })],
  ["one finding", sampleReport({ findings: 1, compliant: 0 })],
  ["many findings", sampleReport({ findings: 120 })],
  ["a sweep's findings", sampleReport({ findings: 20, of: "sweep" })],
];
const VIEWS = [
  { scheme: "light", width: 1280 },
  { scheme: "dark", width: 1280 },
  { scheme: "light", width: 375 },
  { scheme: "dark", width: 375 },
] as const;

/** In milliseconds: far more than a slow machine needs for a step. */
const HANGS_AFTER = 60_000;

type Search = [string, (one: Finding) => string | null, (one: Finding) => boolean | undefined];

/** The text as the browser shows it, which may differ from the text in the file. */
describe("the report in Chromium (skipped where it is not on the PATH)", { timeout: 5 * HANGS_AFTER }, () => {
  let browser: Browser;

  beforeAll(async () => {
    const started = await startBrowser();
    if (started) browser = started;
  });

  beforeEach(({ skip }) => skip(browser === undefined, "no chromium is on the PATH"));

  afterAll(() => browser?.close());

  it.concurrent.each(REPORTS)("is accessible and fits with %s, light and dark, wide and narrow", async (_, report) => {
    const { page, complaints } = await browser.open(writeReport(report));
    await page.evaluate(axe);
    // A table's rows are alike, and each takes time, so only a few stay.
    await page.evaluate(`for (const row of document.querySelectorAll("tbody > :nth-child(n + 4)")) row.remove()`);
    for (const { scheme, width } of VIEWS) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 900 });
      const fits = await page.evaluate("document.documentElement.scrollWidth === innerWidth");
      expect({ scheme, width, fits, faults: await faultsIn(page) }).toEqual({ scheme, width, fits: true, faults: [] });
    }
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("shows the same rows with its script and without it", async () => {
    const html = writeReport(sampleReport({ findings: 120 }));
    const rowsOf = async (script?: false) => {
      const { page } = await browser.open(html, script === false ? { script } : {});
      const rows = await page.locator("#rows").innerHTML();
      const filter = await page.locator("#filter").isVisible();
      await page.close();
      return { rows: rows.trim(), filter };
    };
    const plain = await rowsOf(false);
    expect(await rowsOf()).toEqual({ rows: plain.rows, filter: true });
    expect(plain.filter).toBe(false);
    expect(plain.rows.split("<tr").length - 1).toBe(100);
  });

  const OWN_SENTENCES =
    /^(no key is given; |an AWS managed key, by |the key has not been looked up$|keyward policy suggest$|A look-up, which )/;

  it.concurrent.each(PLANTED)("shows %s as text in every place, and runs nothing", async (text) => {
    const report = plant(sampleReport({ findings: 30 }), text);
    const { page, complaints } = await browser.open(writeReport(report));
    await page.locator("input[type=search]").fill(text);
    await page.waitForFunction("document.querySelector('#count').textContent.startsWith('Findings')");
    await page.locator("select[name=kind]").selectOption(text);
    const { shown, ...found } = (await page.evaluate(`({
      ran: window.ran,
      elements: document.querySelectorAll("img, iframe, object, i, main b b, main script:not([type])").length,
      scripts: document.scripts.length,
      links: [...document.querySelectorAll("a")].filter((link) => !link.getAttribute("href").startsWith("#")).length,
      handlers: document.querySelectorAll("[onload], [onerror]").length,
      shown: [...document.querySelectorAll("bdi")].map((one) => one.textContent),
    })`)) as { shown: string[] };
    expect(found).toEqual({ ran: undefined, elements: 0, scripts: 2, links: 0, handlers: 0 });
    expect(shown).toContain(text);
    // A sentence of Keyward contains the whole planted text, or none of it.
    expect(shown.filter((one) => !one.toLowerCase().includes(text.toLowerCase()) && !OWN_SENTENCES.test(one))).toEqual(
      [],
    );
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("runs only its own script, even if a text were not escaped", async () => {
    const html = writeReport(sampleReport({ findings: 1 }));
    const { page, complaints } = await browser.open(
      html.replace("<main", `<img src=x onerror="window.ran = 1"><script>window.ran = 2</script><main`),
    );
    expect(await page.evaluate("window.ran")).toBeUndefined();
    expect(complaints.join()).toContain("Content Security Policy");
    await page.close();
  });

  it("shows no text reversed, and cuts long texts", async () => {
    const report = plant(sampleReport({ findings: 5 }), `\u202Enotebook\u2066\u200B\u0000 ${"x".repeat(5000)}`);
    for (const width of [1280, 375]) {
      const { page } = await browser.open(writeReport(report), { width });
      const text = await page.evaluate("document.body.innerText");
      expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B\0]|x{1001}/);
      expect(text).toMatch(/notebook x{900,}…/);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      await page.close();
    }
  });

  describe("for a reader who searches", () => {
    const report = sampleReport({ findings: 120 });
    let page: Page;
    const count = () => page.locator("#count").textContent();
    const names = () => page.locator("#rows .name").allInnerTexts();

    beforeEach(async () => {
      ({ page } = await browser.open(writeReport(report)));
      return () => page.close();
    });

    it("finds rows by each choice, and by all of them together", async () => {
      const [first] = report.findings;
      if (!first) throw new Error("the sample has no finding");
      for (const member of ["verdict", "account"] as const) {
        await page.locator(`select[name=${member}]`).selectOption(first[member]);
        const many = report.findings.filter((one) => one[member] === first[member]).length;
        expect(await waitFor(count, `that match: ${many},`)).toContain("among 120 in all");
        await page.locator("button[type=reset]").click();
        await waitFor(count, "1 to 100 of 120");
      }
      await page.locator("select[name=week]").selectOption("2026-W33");
      const inWeek = report.findings.filter(({ eventTime }) => eventTime >= "2026-08-10" && eventTime < "2026-08-17");
      await waitFor(count, `that match: ${inWeek.length},`);
      const isMissing = ({ settings }: Finding) => settings.some(({ is }) => is === "missing");
      const account = inWeek.find(isMissing)?.account;
      await page.locator("input[type=search]").fill(`MISSING ${account}`);
      const both = inWeek.filter((one) => one.account === account && isMissing(one));
      await waitFor(count, `that match: ${both.length},`);
      expect(await names()).toEqual(both.map(({ name }) => name));
    });

    it.each([
      ["an ARN", (one) => one.arn, (one) => one.arn?.endsWith(one.name)],
      ["an ARN that does not end with the name", (one) => one.arn, (one) => one.arn?.endsWith("/1")],
      ["an event's id", (one) => one.eventID, () => true],
      ["a name in capitals", (one) => one.name.toUpperCase(), () => true],
    ] satisfies Search[])("finds %s", async (_, textOf, wantedIs) => {
      const wanted = report.findings.find(wantedIs);
      if (!wanted) throw new Error("the sample has none");
      await page.locator("input[type=search]").fill(textOf(wanted) ?? "");
      await waitFor(count, "that match");
      expect(await names()).toContain(wanted.name);
      expect((await names()).length).toBeLessThan(20);
    });

    it("says that nothing is found, and shows the rows again afterwards", async () => {
      await page.locator("input[type=search]").fill("no such thing");
      expect(await waitFor(count, "No finding matches")).toBe("No finding matches, among 120 in all.");
      expect(await names()).toEqual([]);
    });

    it("sorts by a heading, with the keyboard, in both directions", async () => {
      const sorted = report.findings.map(({ name }) => name).toSorted();
      const header = page.locator("th[data-sort=name]");
      await header.locator("button").focus();
      await page.keyboard.press("Enter");
      expect(await names()).toEqual(sorted.slice(0, 100));
      expect(await header.getAttribute("aria-sort")).toBe("ascending");
      await page.keyboard.press("Enter");
      expect(await names()).toEqual(sorted.toReversed().slice(0, 100));
      expect(await page.locator("select[name=sort]").inputValue()).toBe("name down");
    });

    it("turns pages up to the last page", async () => {
      const next = page.locator("button[data-turn=next]").first();
      for (const _ of [1, 2]) await next.press("Enter");
      expect(await count()).toBe("Findings: 101 to 120 of 120.");
      expect(await next.getAttribute("aria-disabled")).toBe("true");
      expect((await names()).length).toBe(20);
    });

    it("prints one page of rows, the number of the others, and no controls", async () => {
      await page.emulateMedia({ media: "print" });
      expect(await page.locator("#printed").textContent()).toBe(
        "Not printed: 20 more findings, which the file itself holds.",
      );
      expect(await page.locator("#filter").isVisible()).toBe(false);
      expect((await page.locator("#rows tr").all()).length).toBe(100);
    });
  });

  it("handles 100,000 findings", async () => {
    const { page, complaints } = await browser.open(writeReport(sampleReport({ findings: 100_000, compliant: 0 })));
    expect(await page.locator("#count").textContent()).toBe("Findings: 1 to 100 of 100,000.");
    await page.locator("select[name=verdict]").selectOption("exempt");
    expect(await waitFor(() => page.locator("#count").textContent(), "that match")).toContain("among 100,000 in all");
    expect(complaints).toEqual([]);
    await page.close();
  });
});

async function faultsIn(page: Page): Promise<string[]> {
  const { violations } = (await page.evaluate("axe.run()")) as AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** The text, as soon as it contains `part`. */
async function waitFor(textOf: () => Promise<string | null>, part: string): Promise<string> {
  await expect.poll(textOf, { timeout: HANGS_AFTER }).toContain(part);
  return (await textOf()) ?? "";
}
