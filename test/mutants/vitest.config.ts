import { defineConfig } from "vitest/config";
import base from "../../vitest.config.ts";

/** The suites of a mutant: none needs the bundled command line, and more than one mutant runs at a time. */
export default defineConfig({
  ...base,
  // The packages are linked: two copies would share the cache that lies among them.
  cacheDir: ".cache",
  test: { ...base.test, globalSetup: [], maxWorkers: 2 },
});
