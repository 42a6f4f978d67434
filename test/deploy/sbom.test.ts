import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { afterAll, describe, expect, it } from "vitest";
import { staleFaults } from "../../scripts/generate/file.ts";
import { licencesFile } from "../../scripts/generate/licences-file.ts";
import { refusedLicences } from "../../scripts/licences.ts";
import { sbom } from "../../scripts/sbom.ts";

const dirs: string[] = [];
afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true });
});

/** The texts that `npm run build` writes, in a folder of its own. */
function build() {
  const dir = mkdtempSync(join(tmpdir(), "keyward-sbom-"));
  dirs.push(dir);
  const run = spawnSync(process.execPath, ["--import", import.meta.resolve("tsx"), resolve("scripts/build.ts")], {
    cwd: dir,
    env: { ...process.env, POLICY: resolve("policy.yaml") },
    encoding: "utf8",
  });
  if (run.status !== 0) throw new Error(run.stderr);
  const read = (name: string) => readFileSync(join(dir, "dist", name), "utf8");
  return { bom: read("keyward.cdx.json"), notices: read("THIRD-PARTY-NOTICES.txt") };
}

interface Part {
  readonly name: string;
  readonly group?: string;
  readonly version: string;
  readonly purl: string;
  readonly "bom-ref": string;
  readonly hashes: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses: readonly { readonly license: { readonly id: string } }[];
  readonly properties: readonly { readonly name: string; readonly value: string }[];
}

/** What CycloneDX's schemas call each other by. */
const IDS = "http://cyclonedx.org/schema/";

const fullName = ({ group, name }: Part) => (group === undefined ? name : `${group}/${name}`);
const { bom, notices } = build();
const { metadata, components, dependencies, ...head } = JSON.parse(bom);
const parts: readonly Part[] = components;

describe("the SBOM", () => {
  const schemas = join(
    dirname(createRequire(import.meta.url).resolve("@cyclonedx/cyclonedx-library/package.json")),
    "res/schema",
  );
  const schema = (name: string) => JSON.parse(readFileSync(join(schemas, `${name}.SNAPSHOT.schema.json`), "utf8"));
  const ajv = new Ajv({
    strict: false,
    schemas: {
      [`${IDS}spdx.SNAPSHOT.schema.json`]: schema("spdx"),
      [`${IDS}jsf-0.82.SNAPSHOT.schema.json`]: schema("jsf-0.82"),
    },
  });
  formats.default(ajv);
  // ajv-formats does not have these two. The SBOM has no e-mail address.
  ajv.addFormat("idn-email", true).addFormat("iri-reference", true);
  const valid = ajv.compile(schema("bom-1.6"));

  it("is valid by CycloneDX's own schema", () => {
    valid(JSON.parse(bom));
    expect(valid.errors ?? []).toEqual([]);
    expect(valid({ ...JSON.parse(bom), components: [{ name: "no type" }] })).toBe(false);
    expect(valid({ ...JSON.parse(bom), serialNumber: "1" })).toBe(false);
  });

  it("is the same for the same packages: it holds no time and no random number", () => {
    expect(build().bom).toBe(bom);
    expect(head).toEqual({ $schema: expect.any(String), bomFormat: "CycloneDX", specVersion: "1.6", version: 1 });
    expect(metadata.timestamp).toBeUndefined();
  });

  it("describes Keyward, which depends on each of its packages", () => {
    const { name, version } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(metadata.component).toMatchObject({ name, version, purl: `pkg:npm/${name}@${version}` });
    const { dependsOn } = dependencies.find(({ ref }: { ref: string }) => ref === metadata.component["bom-ref"]);
    expect([...dependsOn].sort()).toEqual(parts.map((part) => part["bom-ref"]).sort());
  });

  it("lists the packages in the bundles and no others, with their version, licence and hash", () => {
    const titles = [...notices.matchAll(/^(\S+) (\S+) \((\S+)\)\n-+$/gm)].map(([, ...title]) => title.join(" "));
    expect(parts.map((one) => `${fullName(one)} ${one.version} ${one.licenses[0]?.license.id}`).sort()).toEqual(
      titles.sort(),
    );
    const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
    const locked = new Set(Object.values<{ integrity?: string }>(lock.packages).map(({ integrity }) => integrity));
    for (const { hashes, purl } of parts) {
      expect(locked).toContain(`sha512-${Buffer.from(hashes[0]?.content ?? "", "hex").toString("base64")}`);
      expect(purl).toMatch(/^pkg:npm\/(%40[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+$/);
    }
  });

  it("says which bundle contains a package", () => {
    const bundlesOf = (name: string) =>
      parts.find((one) => fullName(one) === name)?.properties.map(({ value }) => value);
    expect(bundlesOf("@aws-sdk/client-s3")).toEqual(["dist/cli", "dist/daily", "dist/enforce", "dist/sweep"]);
    expect(bundlesOf("yaml")).toEqual(["dist/cli", "dist/hook", "dist/lib"]);
    expect(bundlesOf("d3-scale")).toEqual(["dist/cli"]);
    expect(bundlesOf("esbuild")).toBeUndefined();
  });

  it("is refused for a package that the lock file does not have", () => {
    const one = { name: "yaml", license: "ISC", folder: "node_modules/yaml", bundles: [] };
    expect(() => sbom([{ ...one, version: "0.0.1" }])).toThrow(
      "yaml 0.0.1 is bundled, but package-lock.json has no hash",
    );
  });
});

describe("the licences of what is shipped", () => {
  it("are listed in docs/licences.md; if not, run npm run generate", async () => {
    const file = await licencesFile();
    expect(staleFaults([file])).toEqual([]);
    const listed = [...file.text.matchAll(/^\| `(\S+)` \| (\S+) \|/gm)].map(
      ([, name, licence]) => `${name} ${licence}`,
    );
    expect(listed).toEqual([...new Set(parts.map((one) => `${fullName(one)} ${one.licenses[0]?.license.id}`))].sort());
  });

  it.each([["GPL-3.0-only"], ["MPL-2.0"], ["MIT OR GPL-2.0-only"], [undefined]])(
    "must be permissive: not %s",
    (license) => {
      expect(refusedLicences([{ name: "foo", license }])).toEqual([expect.stringMatching(/^foo is bundled and has /)]);
      expect(refusedLicences([{ name: "foo", license: "MIT" }])).toEqual([]);
    },
  );
});
