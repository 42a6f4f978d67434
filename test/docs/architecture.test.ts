import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { layerOf } from "../../scripts/check-layers.ts";
import { type Arrow, groupOf, leads, shortest } from "../../scripts/draw-layers.ts";
import { architecture } from "../../scripts/generate/architecture.ts";
import { importsOf, sourceFiles } from "../../scripts/imports.ts";
import { layers } from "../../scripts/layers.ts";

const page = readFileSync("docs/architecture.md", "utf8");

/** The arrows of the diagram under a heading. */
function drawn(heading: string): Arrow[] {
  const diagram = page.split(`### ${heading}\n`)[1]?.split("```")[1] ?? "";
  return [...diagram.matchAll(/\["([^"]+)"\] --> \w+\["([^"]+)"\]/g)].map(
    ([, from = "", to = ""]): Arrow => ({ from, to }),
  );
}

/** Imports of a file of one folder by a file of another. */
const real = importsOf([...sourceFiles("lib"), ...sourceFiles("handlers")]).flatMap((one) => {
  const [from, to] = [layerOf(one.from)?.folder, one.isPackage ? undefined : layerOf(one.to)?.folder];
  return from !== undefined && to !== undefined && from !== to ? [{ ...one, from, to, file: one.from }] : [];
});

const between = drawn("Between the folders");
const within = ["lib/core", "lib/check", "lib/aws", "lib/cli"].flatMap((group) => drawn(`Within \`${group}\``));

describe("the diagrams of docs/architecture.md", () => {
  it("have an arrow, or a path of arrows, for every import", () => {
    expect(real.length).toBeGreaterThan(100);
    const missing = real.filter(({ from, to }) => {
      const [one, other] = [groupOf(from), groupOf(to)];
      if (one === "lib/catalogue" && other === one) return false;
      return one === other ? !leads(from, to, within) : !leads(one, other, between);
    });
    expect(missing.map(({ file, to }) => `${file} imports ${to}, which is not drawn: npm run generate`)).toEqual([]);
  });

  it.each([...between, ...within])("have only arrows that are allowed and in use: $from → $to", ({ from, to }) => {
    const isOf = (folder: string, drawnAs: string) => folder === drawnAs || groupOf(folder) === drawnAs;
    const isAllowed = layers.some((layer) => isOf(layer.folder, from) && layer.imports.some((one) => isOf(one, to)));
    expect(isAllowed).toBe(true);
    expect(real.some((one) => isOf(one.from, from) && isOf(one.to, to))).toBe(true);
  });

  it("have no circle", () => {
    const arrows = [...between, ...within];
    const backwards = arrows.filter(({ from, to }) => leads(to, from, [...between, ...within]));
    expect(backwards).toEqual([]);
  });

  it("leave out an arrow that a path of other arrows replaces", () => {
    const [ab, bc, ac] = [
      { from: "a", to: "b" },
      { from: "b", to: "c" },
      { from: "a", to: "c" },
    ];
    expect(shortest([ab, bc, ac])).toEqual([ab, bc]);
  });
});

it("docs/architecture.md lists every folder with its allowed imports", () => {
  for (const { folder, purpose } of layers) expect(page).toContain(`| \`${folder}\` | ${purpose} |`);
});

it("docs/architecture.md is updated if it is out of date; the error names a missing line", () => {
  expect(architecture(page.replace(/ {2}lib_aws.*\n/, ""))).toBe(page);
  expect(() => architecture("# Architecture")).toThrow(/docs\/architecture\.md lacks the line <!-- Written by/);
});
