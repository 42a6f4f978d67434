/** A policy file, as `scripts/bundle.ts` compiles it: parsed and checked at build time. */
declare module "*.yaml" {
  const policy: import("./policy/schema.ts").Policy;
  // biome-ignore lint/style/noDefaultExport: a data file is one value, as JSON modules are
  export default policy;
}
