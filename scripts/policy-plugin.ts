import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { PartialMessage, Plugin } from "esbuild";
import { type Document, isMap, isNode, LineCounter, type Node, parseDocument } from "yaml";
import { type ParsedPolicy, parsePolicy } from "../lib/core/policy.ts";

type Path = readonly (string | number)[];

/**
 * Compiles the policy into the bundle as plain data, so that neither a YAML parser nor a schema is loaded in Lambda,
 * and a bad policy fails the build, naming file, line and reason. `file` stands in for the `policy.yaml` that is imported.
 */
export function policyPlugin(file: string): Plugin {
  const path = resolve(file);
  return {
    name: "policy",
    setup(build) {
      build.onResolve({ filter: /\.yaml$/ }, () => ({ path, namespace: "policy" }));
      build.onLoad({ filter: /.*/, namespace: "policy" }, () => {
        const { policy, errors } = compile(file, readFileSync(path, "utf8"));
        return errors.length > 0
          ? { errors }
          : { contents: JSON.stringify(policy), loader: "json", watchFiles: [path] };
      });
    },
  };
}

function compile(file: string, text: string): { policy?: object; errors: PartialMessage[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const message = (reason: string, offset: number): PartialMessage => {
    const { line, col } = lines.linePos(offset);
    return { text: reason, location: { file, line, column: col - 1, lineText: text.split("\n")[line - 1] ?? "" } };
  };
  if (document.errors.length > 0) {
    return {
      errors: document.errors.map(({ message: reason, pos }) => message(reason.split("\n")[0] ?? reason, pos[0])),
    };
  }
  const parsed: ParsedPolicy = parsePolicy(document.toJS());
  if (parsed.ok) return { policy: parsed.policy, errors: [] };
  return { errors: parsed.issues.map((issue) => message(said(issue), offsetOf(document, issue.path))) };
}

const said = ({ path, message }: { path: Path; message: string }): string =>
  path.length === 0 || message.includes(`"${path.at(-1)}"`) ? message : `${path.join(".")}: ${message}`;

/** Where a path stands in the file: at its key, or at the nearest parent that is there. */
function offsetOf(document: Document, path: Path): number {
  if (path.length === 0) return 0;
  const parent = document.getIn(path.slice(0, -1), true);
  const key = isMap(parent) ? parent.items.find(({ key }) => String(key) === String(path.at(-1)))?.key : undefined;
  const node = (key as Node | undefined) ?? document.getIn(path, true);
  return isNode(node) && node.range ? node.range[0] : offsetOf(document, path.slice(0, -1));
}
