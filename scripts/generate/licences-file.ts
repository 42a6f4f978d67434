import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "../bundle.ts";
import { bundleCli } from "../bundle-cli.ts";
import { bundleModules } from "../bundle-library.ts";
import { licencesPage, refusedLicences } from "../licences.ts";
import { type ShippedPackage, shippedPackages } from "../shipped.ts";
import type { GeneratedFile } from "./file.ts";

/** docs/licences.md. Throws if a bundled package has a licence that is not allowed. */
export async function licencesFile(): Promise<GeneratedFile> {
  const packages = await bundledPackages();
  const refused = refusedLicences(packages);
  if (refused.length > 0) throw new Error(refused.join("\n"));
  return { path: "docs/licences.md", text: licencesPage(packages) };
}

/** The packages in the bundles. It builds them in a temporary folder, so that dist/ stays as it is. */
async function bundledPackages(): Promise<ShippedPackage[]> {
  const dir = mkdtempSync(join(tmpdir(), "keyward-licences-"));
  try {
    const enforce = await bundle({ outdir: join(dir, "enforce"), handler: "enforce", policy: "policy.yaml" });
    const sweep = await bundle({ outdir: join(dir, "sweep"), handler: "sweep", policy: "policy.yaml" });
    const hook = await bundle({ outdir: join(dir, "hook"), handler: "hook", policy: "policy.yaml" });
    return shippedPackages([
      { name: "dist/enforce", metafile: enforce.metafile },
      { name: "dist/sweep", metafile: sweep.metafile },
      { name: "dist/hook", metafile: hook.metafile },
      { name: "dist/cli", metafile: await bundleCli(join(dir, "cli")) },
      { name: "dist/lib", metafile: await bundleModules(join(dir, "lib")) },
    ]);
  } finally {
    rmSync(dir, { recursive: true });
  }
}
