import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Plugin } from "esbuild";
import { readPolicy } from "../lib/policy/read-policy.ts";

/**
 * Compiles the policy into the bundle as plain data, so that neither a YAML parser nor a schema is loaded in Lambda,
 * and a bad policy fails the build, naming file, line and reason. `file` replaces the imported `policy.yaml`.
 */
export function policyPlugin(file: string): Plugin {
  return {
    name: "policy",
    setup(build) {
      build.onResolve({ filter: /\.yaml$/ }, () => ({ path: resolve(file), namespace: "policy" }));
      build.onLoad({ filter: /.*/, namespace: "policy" }, ({ path }) => {
        if (!existsSync(path)) return { errors: [{ text: `${file}: there is no such policy file` }] };
        const text = readFileSync(path, "utf8");
        const read = readPolicy(text);
        if (read.ok) return { contents: JSON.stringify(read.policy), loader: "json" };
        const errors = read.problems.map(({ line, column, message }) => ({
          text: message,
          location: { file, line, column: column - 1, lineText: text.split("\n")[line - 1] ?? "" },
        }));
        return { errors };
      });
    },
  };
}
