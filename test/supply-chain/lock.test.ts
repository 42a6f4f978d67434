import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

const read = (path: string) => JSON.parse(readFileSync(path, "utf8"));

const PUBLIC = "https://registry.npmjs.org/";

/** The faults of a lock file's entries, without the root's. An entry without `resolved` comes from npm's registry too. */
function lockFaults(packages: Readonly<Record<string, Entry>>): string[] {
  return Object.entries(packages).flatMap(([path, { resolved, integrity, link }]) => {
    if (path === "" || link) return [];
    const hash = /^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? "") ? [] : [`${path} has no SHA-512 hash`];
    return resolved === undefined || resolved.startsWith(PUBLIC)
      ? hash
      : [...hash, `${path} is not from npm's registry`];
  });
}

/** What package.json's `allowScripts` and the lock file's install scripts do not have in common. */
function scriptFaults(packages: Readonly<Record<string, Entry>>, allowed: Readonly<Record<string, boolean>>): string[] {
  const scripts = Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length));
  const named = Object.keys(allowed);
  return [
    ...scripts.filter((name) => !named.includes(name)).map((name) => `${name} has an install script: allow or deny it`),
    ...named.filter((name) => !scripts.includes(name)).map((name) => `${name} has no install script: remove it`),
  ];
}

describe.each(["", "test/e2e/"])("the lock file in ./%s", (folder) => {
  const { packages } = read(`${folder}package-lock.json`);
  const { allowScripts, dependencies = {}, devDependencies = {} } = read(`${folder}package.json`);

  it("holds the hash of each package, and each comes from npm's registry", () => {
    expect(Object.keys(packages).length).toBeGreaterThan(50);
    expect(lockFaults(packages)).toEqual([]);
  });

  it("has install scripts only of packages that package.json names", () => {
    expect(scriptFaults(packages, allowScripts)).toEqual([]);
  });

  it("has the reason of each decision in SECURITY.md", () => {
    const text = readFileSync("SECURITY.md", "utf8");
    for (const [name, allowed] of Object.entries(allowScripts)) {
      expect(text).toMatch(new RegExp(`^\\| \`${name}\`.* \\| ${allowed ? "allowed" : "denied"} \\| \\w`, "m"));
    }
  });

  it("holds exactly the versions that package.json names", () => {
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect(packages[`node_modules/${name}`].version, name).toBe(version);
    }
  });
});

describe("the checks of a lock file", () => {
  const good = { integrity: `sha512-${"A".repeat(86)}==`, resolved: `${PUBLIC}foo/-/foo-1.0.0.tgz` };

  it.each<[string, Entry, readonly string[]]>([
    ["a good entry", good, []],
    ["a link", { link: true }, []],
    ["no hash", { version: "1.0.0" }, ["node_modules/foo has no SHA-512 hash"]],
    ["a weak hash", { ...good, integrity: "sha1-AAAA" }, ["node_modules/foo has no SHA-512 hash"]],
    [
      "another host",
      { ...good, resolved: "https://example.com/foo.tgz" },
      ["node_modules/foo is not from npm's registry"],
    ],
    [
      "a similar host",
      { ...good, resolved: "https://registry.npmjs.org.example.com/foo.tgz" },
      ["node_modules/foo is not from npm's registry"],
    ],
    [
      "a repository",
      { ...good, resolved: "git+ssh://git@example.com/foo.git#1" },
      ["node_modules/foo is not from npm's registry"],
    ],
  ])("find %s", (_, entry, faults) => {
    expect(lockFaults({ "": {}, "node_modules/foo": entry })).toEqual(faults);
  });

  it("find an install script that nobody reviewed, and a review without a script", () => {
    const packages = { "node_modules/a/node_modules/@b/c": { hasInstallScript: true } };
    expect(scriptFaults(packages, { old: false })).toEqual([
      "@b/c has an install script: allow or deny it",
      "old has no install script: remove it",
    ]);
    expect(scriptFaults(packages, { "@b/c": false })).toEqual([]);
  });
});
