import { defineConfig } from "vitest/config";
import base from "../../vitest.config.ts";

/** The suites of a mutant: none needs the bundled command line, and another mutant runs at the same time. */
export default defineConfig({
  ...base,
  // The packages are linked: two copies must not share the cache that is among them.
  cacheDir: ".cache",
  test: {
    ...base.test,
    // Without the long suites that it leaves out: the simulation is one of them.
    exclude: ["test/e2e/**", "test/bench/**"],
    globalSetup: [],
    maxWorkers: 1,
    experimental: { fsModuleCache: true, fsModuleCachePath: ".cache/modules" },
  },
});
