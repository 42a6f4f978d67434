import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** What takes long has a command of its own: `npm run faults`, `npm run pages`, `npm run pack-test`. */
const LONGER = ["test/faults/**", "test/report/page.test.ts", "test/pack/**"];

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/e2e/**", "test/bench/**", ...(process.env.LONG ? [] : LONGER)],
    globalSetup: ["test/support/bundle-cli.ts"],
    // A worker for each core: one of two would stand idle otherwise.
    maxWorkers: availableParallelism(),
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
