import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ComponentType, HashAlgorithm, LifecyclePhase } from "@cyclonedx/cyclonedx-library/Enums";
import { Bom, Component, Property, SpdxLicense } from "@cyclonedx/cyclonedx-library/Models";
import { JSON as JsonFormat, JsonSerializer } from "@cyclonedx/cyclonedx-library/Serialize";
import { Spec1dot6 } from "@cyclonedx/cyclonedx-library/Spec";
import { PackageURL } from "packageurl-js";
import type { ShippedPackage } from "./shipped.ts";

const ROOT = join(import.meta.dirname, "..");
const own = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"));

/**
 * The software bill of materials: CycloneDX 1.6 in JSON. The same packages give the same text, so it has no time and no
 * serial number. Throws if package-lock.json has not the bundled version or not its hash.
 */
export function sbom(packages: readonly ShippedPackage[]): string {
  const bom = new Bom();
  const keyward = componentOf(own, ComponentType.Application);
  keyward.description = own.description;
  bom.metadata.component = keyward;
  bom.metadata.lifecycles.add(LifecyclePhase.Build);
  for (const one of packages) {
    const component = componentOf(one, ComponentType.Library);
    component.hashes.set(HashAlgorithm["SHA-512"], sha512Of(one));
    for (const bundle of one.bundles) component.properties.add(new Property("keyward:bundle", bundle));
    bom.components.add(component);
    keyward.dependencies.add(component.bomRef);
  }
  const serializer = new JsonSerializer(new JsonFormat.Normalize.Factory(Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

function componentOf({ name, version, license }: Omit<ShippedPackage, "folder" | "bundles">, type: ComponentType) {
  const [last = name, group] = name.split("/").reverse();
  const purl = new PackageURL("npm", group, last, version, undefined, undefined).toString();
  const component = new Component(type, last, { version, purl, bomRef: purl });
  if (group !== undefined) component.group = group;
  if (license !== undefined) component.licenses.add(new SpdxLicense(license));
  return component;
}

/** The hash of the package's file in the registry, in hexadecimal, from package-lock.json. */
function sha512Of({ name, version, folder }: ShippedPackage): string {
  const entry = lock.packages[folder.slice(folder.indexOf("node_modules/"))];
  const [, base64] = /^sha512-(\S+)$/.exec(entry?.integrity ?? "") ?? [];
  if (entry?.version !== version || base64 === undefined) {
    throw new Error(`${name} ${version} is bundled, but package-lock.json has no hash of it: run npm ci`);
  }
  return Buffer.from(base64, "base64").toString("hex");
}
