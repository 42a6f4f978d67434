/** A policy file, as `scripts/bundle.ts` compiles it: parsed and checked at build time. */
declare module "*.yaml" {
  const policy: import("./core/policy.ts").Policy;
  export default policy;
}
