import { dirname } from "node:path";
import type { Plugin } from "esbuild";

/**
 * Lambda gives credentials only in the environment. The SDK's default chain would add sign-in, profiles, web identities
 * and instance metadata to the bundle: a fifth of its size, and unused in Lambda.
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
