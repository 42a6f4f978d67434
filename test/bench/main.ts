import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { benchBacktest } from "./backtest.ts";
import { benchCheck } from "./check.ts";
import { benchCore } from "./core.ts";
import { benchLookUps } from "./look-ups.ts";
import { benchStart } from "./start.ts";
import { benchSweep } from "./sweep.ts";

const print = (lines: readonly string[]) => process.stdout.write(`${lines.join("\n")}\n\n`);

print(["Pure core", ...benchCore()]);
print(["Start of process to first decision (medians)", ...(await benchStart())]);
print(["Look-ups of an event, nothing seen before", ...(await benchLookUps())]);
print(["A sweep, its waiting done by the embedded clock", ...(await benchSweep())]);
print(["Backtest of CloudTrail logs (medians of 5 rounds)", ...(await benchBacktest())]);
print(["Files checked before they are deployed (medians of 5 rounds)", ...benchCheck()]);
print(["Bundle", ...bundleSizes()]);

function bundleSizes(): string[] {
  const folder = "dist/enforce";
  const files = readdirSync(folder).filter((file) => file.endsWith(".mjs"));
  const sizes = files.map((file) => [file, statSync(join(folder, file)).size] as const).sort((a, b) => b[1] - a[1]);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  return [...sizes, ["all", total] as const].map(
    ([file, size]) => `${file.padEnd(42)}${(size / 1024).toFixed(1).padStart(7)} KB`,
  );
}
