import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/**
 * Long suites have npm scripts of their own: `faults`, `pages`, `pack-test`, `cli-test`, `deploy-test` and `queries`. In one
 * run (`npm run long`) they share the bundles and the loaded modules, and some compute while others wait.
 */
const LONGER = [
  "test/faults/**/*.test.ts",
  "test/simulation/**/*.test.ts",
  "test/report/page.test.ts",
  "test/pack/**/*.test.ts",
  "test/cli/**/*.test.ts",
  "test/attacks/files.test.ts",
  "test/attacks/output.test.ts",
  "test/deploy/**/*.test.ts",
  "test/hook/parity.test.ts",
  "test/wording/bare-codes.test.ts",
  "test/wording/shipped-remedies.test.ts",
  "test/backtest/backtest.test.ts",
  "test/backtest/write-queries.test.ts",
];

export default defineConfig({
  test: {
    include: process.env.LONG === "only" ? LONGER : ["test/**/*.test.ts"],
    exclude: ["test/e2e/**", "test/bench/**", ...(process.env.LONG ? [] : LONGER)],
    globalSetup: ["test/support/bundle-cli.ts"],
    // Some tests wait for a process or a retry, so two workers more than there are cores.
    maxWorkers: availableParallelism() + 2,
    // Loading the modules anew for each file took a third of the time. Tests keep no state in modules.
    pool: "threads",
    isolate: false,
    maxConcurrency: 12,
    // Guards against hanging only: a slow machine is no fault.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A golden that is missing fails its test. `npm run goldens` writes them.
    update: "none",
    // Its modules name no file endings, which Node alone does not resolve.
    server: { deps: { inline: ["dt-sql-parser"] } },
    coverage: {
      // What decides, without what acts.
      include: ["lib/catalogue/**/*.ts", "lib/core/**/*.ts", "lib/policy/**/*.ts", "lib/wording/**/*.ts"],
      reporter: [["text", { skipFull: true }]],
      // What was measured, rounded down: raise them with the coverage, never lower them.
      thresholds: { statements: 97, branches: 90, functions: 98, lines: 98 },
    },
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
  },
});
