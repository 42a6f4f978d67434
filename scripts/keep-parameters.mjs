/**
 * A plugin of osls: it sets the stack's parameters from `custom.parameters` of serverless.yml. One without a value keeps the
 * value that the stack has. CloudFormation would otherwise set it back to its default, and osls can only name all or none.
 */
import { createRequire } from "node:module";

/**
 * The parameters of an update. `wanted`: the values by name, null for none; `current`: the names that the stack has.
 * A new parameter without a value is omitted, so that it gets its default.
 */
export function parametersOf(wanted, current) {
  return Object.entries(wanted).flatMap(([ParameterKey, value]) => {
    if (value !== null) return [{ ParameterKey, ParameterValue: String(value) }];
    return current.includes(ParameterKey) ? [{ ParameterKey, UsePreviousValue: true }] : [];
  });
}

// biome-ignore lint/style/noDefaultExport: osls loads a plugin by it
export default function keepParameters(serverless) {
  const { service } = serverless;
  return {
    hooks: {
      // Not before: osls creates the stack with nothing but its bucket, and that template has no parameters.
      "before:aws:deploy:deploy:updateStack": async () => {
        // The client of osls itself.
        const require = createRequire(import.meta.resolve("osls/bin/serverless.js"));
        const { DescribeStacksCommand } = require("@aws-sdk/client-cloudformation");
        const provider = serverless.getProvider("aws");
        const client = await provider.getCloudFormationClient();
        const StackName = provider.naming.getStackName();
        const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
        const current = (Stacks?.[0]?.Parameters ?? []).map(({ ParameterKey }) => ParameterKey);
        service.provider.stackParameters = parametersOf(service.custom.parameters, current);
      },
    },
  };
}
