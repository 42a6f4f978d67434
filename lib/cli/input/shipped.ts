import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/** Keyward's own folder. This module stands in lib/cli/input, and in dist/cli once it is built. */
const ROOT = new URL(import.meta.url.endsWith(".ts") ? "../../../" : "../../", import.meta.url);

/** The path, from where the caller stands, of a file that comes with Keyward. */
export const shipped = (name: string): string => relative(process.cwd(), fileURLToPath(new URL(name, ROOT)));
