import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { noteSkipped } from "../../scripts/skipped.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
/** How long a step in a page may take, in milliseconds: far more than a slow machine needs. */
const HANGS_AFTER = 120_000;
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export interface Browser {
  /** Opens a report from a file, as a reader does. Errors in it and requests to a network are in `complaints`. */
  open(html: string, view?: View): Promise<Opened>;
  close(): Promise<void>;
}

export interface View {
  readonly width?: number;
  readonly scheme?: "light" | "dark";
  readonly script?: false;
}

export interface Opened {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** A real Chromium with a profile of its own; `undefined`, with a note, if it is not installed. */
export async function startBrowser(): Promise<Browser | undefined> {
  const executablePath = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find(existsSync);
  if (executablePath === undefined) {
    noteSkipped("the report in a browser", "no chromium is on the PATH");
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), "keyward-report-"));
  const start = (name: string, javaScriptEnabled: boolean): Promise<BrowserContext> =>
    chromium.launchPersistentContext(join(folder, name), {
      executablePath,
      headless: true,
      args: QUIET,
      javaScriptEnabled,
    });
  const contexts = [await start("script", true), await start("plain", false)] as const;
  let count = 0;
  return {
    async open(html, { width = 1280, scheme = "light", script } = {}) {
      const file = join(folder, `${count++}.html`);
      writeFileSync(file, html);
      const page = await contexts[script === false ? 1 : 0].newPage();
      page.setDefaultTimeout(HANGS_AFTER);
      const complaints: string[] = [];
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("dialog", (dialog) => void dialog.dismiss().then(() => complaints.push("a dialog")));
      page.on("request", (request) => {
        if (!request.url().startsWith("file:")) complaints.push(request.url());
      });
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: scheme });
      await page.goto(pathToFileURL(file).href);
      return { page, complaints };
    },
    async close() {
      for (const context of contexts) await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
