/** `npm run package`: builds, packages the stack and checks the templates. */
import "./build.ts";
import { packageHook } from "./hook-stack.ts";
import { lint, packageStack } from "./stack.ts";

// The build has printed its errors.
if (process.exitCode) process.exit();

const { template, plain, zip, sweepZip, dailyZip } = packageStack(".");
const hook = packageHook(".");
process.stdout.write(
  `packaged: ${template}\n          ${plain}\n          ${zip}\n          ${sweepZip}\n          ${dailyZip}\n          ${hook.plain}\n          ${hook.zip}\n          dist/keyward.cdx.json\n`,
);
const found = lint(template, plain, hook.template, hook.plain);
if (found === undefined) process.stdout.write("cfn-lint: skipped, it is not on the PATH\n");
else if (found === "") process.stdout.write("cfn-lint: nothing found\n");
else {
  process.stderr.write(found);
  process.exitCode = 1;
}
