#!/usr/bin/env node
// The command. A package holds what `npm run build` made of it; a clone that is not built yet runs the sources.
import { existsSync } from "node:fs";
import module from "node:module";

// From Node 22.1: the compiled code is kept in the folder for temporary files.
module.enableCompileCache?.();

const built = new URL("../dist/cli/main.mjs", import.meta.url);
if (existsSync(built)) await import(built.href);
else {
  const { register } = await import("tsx/esm/api");
  register();
  await import("../lib/cli/main.ts");
}
