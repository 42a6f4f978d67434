import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The path, from where the caller stands, of a file that comes with Keyward. */
export const shipped = (name: string): string =>
  relative(process.cwd(), fileURLToPath(new URL(`../../../${name}`, import.meta.url)));
