import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/** Keyward's own folder. This module is in lib/cli/input, and in dist/cli after the build. */
const ROOT = new URL(import.meta.url.endsWith(".ts") ? "../../../" : "../../", import.meta.url);

/** The path of a file that comes with Keyward, relative to the working directory. */
export const shipped = (name: string): string => relative(process.cwd(), fileURLToPath(new URL(name, ROOT)));
