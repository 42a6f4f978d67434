import { dirname } from "node:path";
import type { Plugin } from "esbuild";

/**
 * Lambda hands credentials over in the environment and nowhere else. The SDK's default chain would carry sign-in,
 * profiles, web identities and instance metadata along, a fifth of the bundle that nothing in Lambda can reach.
 */
export const lambdaCredentialsPlugin: Plugin = {
  name: "lambda-credentials",
  setup(build) {
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ importer }) => ({
      path: "credentials",
      namespace: "lambda-credentials",
      pluginData: dirname(importer),
    }));
    build.onLoad({ filter: /.*/, namespace: "lambda-credentials" }, ({ pluginData: resolveDir }) => ({
      contents: 'export { fromEnv as defaultProvider } from "@aws-sdk/credential-provider-env";',
      resolveDir,
    }));
  },
};
