/**
 * `npm run release`: builds, packages the stack and writes dist/release/keyward-VERSION/, which installs without Node. The
 * same commit, built with the same Node and npm, gives the same bytes.
 */
import { relative } from "node:path";
import "./build.ts";
import { packageHook } from "./hook-stack.ts";
import { writeRelease } from "./release/write-release.ts";
import { packageStack } from "./stack.ts";

// The build has printed its errors.
if (process.exitCode) process.exit();

packageStack(".");
packageHook(".");
const { folder, files } = writeRelease(".");
process.stdout.write(`release: ${relative(".", folder)}/\n${files.map((file) => `         ${file}\n`).join("")}`);
