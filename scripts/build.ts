/**
 * `npm run build`: bundles the functions with the policy that `POLICY` names (default: policy.yaml), the command line and
 * the library into dist/, and writes the licences and the SBOM of the packages in these bundles.
 */
import { writeFileSync } from "node:fs";
import { type BuildFailure, formatMessages } from "esbuild";
import { buildPackage } from "./build-package.ts";
import { buildHook } from "./hook-stack.ts";
import { notices } from "./notices.ts";
import { sbom } from "./sbom.ts";
import { shippedPackages } from "./shipped.ts";
import { buildStack } from "./stack.ts";

const KB = 1_000;

try {
  const { files, bundles } = await buildStack(".", process.env.POLICY ?? "policy.yaml");
  const sum = (role?: string) =>
    files.filter((file) => !role || file.role === role).reduce((n, { bytes }) => n + bytes, 0);
  const kb = (bytes: number) => `${(bytes / KB).toFixed(1).padStart(7)} kB`;
  for (const { role, name, bytes } of files) process.stdout.write(`${kb(bytes)}  ${role.padEnd(6)}  ${name}\n`);
  process.stdout.write(`${kb(sum())}  in all, ${kb(sum("entry")).trim()} of it loaded at start\n`);
  const hook = await buildHook(".", process.env.POLICY ?? "policy.yaml");
  process.stdout.write(`${kb(hook.bytes)}  hook, loaded at start\n`);
  const built = await buildPackage(".");
  for (const { name, bytes, atStart } of built.sizes) {
    process.stdout.write(`${kb(bytes)}  ${name}, ${kb(atStart).trim()} of it loaded at start\n`);
  }
  const packages = shippedPackages([...bundles, hook, ...built.bundles]);
  writeFileSync("dist/THIRD-PARTY-NOTICES.txt", notices(packages));
  writeFileSync("dist/keyward.cdx.json", sbom(packages));
} catch (error) {
  const { errors } = error as Partial<BuildFailure>;
  if (!errors) throw error;
  const lines = await formatMessages(errors, { kind: "error", color: process.stderr.isTTY });
  process.stderr.write(lines.join(""));
  process.exitCode = 1;
}
