import { readFile } from "node:fs/promises";
import { commands } from "./command-table.ts";
import type { Command } from "./input/command.ts";
import { CliError, EXIT } from "./terminal/cli-error.ts";
import { complain, print } from "./terminal/terminal.ts";

const usage = [
  "keyward: keeps Amazon SageMaker data under your own KMS keys",
  "",
  "Usage: keyward <command> [options]",
  "",
  ...Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`),
  "",
  "keyward <command> --help shows the help of a command; keyward --version shows the version.",
  "",
  "Exit codes",
  "  0  fine",
  "  1  a resource is non-compliant, with --fail-on non-compliant or in keyward check",
  "  2  a wrong option, an input that cannot be read, or an action that AWS refused",
].join("\n");

const HELP = ["--help", "-h"];

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined) {
    process.stderr.write(`${usage}\n`);
    return EXIT.fault;
  }
  if (name === "--version" || name === "-v") print(await version());
  else if (HELP.includes(name) || (name === "help" && args.length === 0)) print(usage);
  else if (name === "help") print((await load(args[0] ?? "")).usage);
  else return runCommand(name, args);
  return EXIT.fine;
}

async function runCommand(name: string, args: string[]): Promise<number> {
  const { run, usage: help } = await load(name);
  if (args.some((arg) => HELP.includes(arg))) {
    print(help);
    return EXIT.fine;
  }
  try {
    return await run(args, commands);
  } catch (error) {
    throw await asCliError(error, help, `see keyward ${name} --help`);
  }
}

async function load(name: string): Promise<Command> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) return command.load();
  const { didYouMean } = await import("../text/did-you-mean.ts");
  const names = Object.keys(commands);
  const hint = didYouMean(name, names) || `; there are ${names.join(", ")}: see keyward --help`;
  throw new CliError(`no ${name.startsWith("-") ? "option" : "command"} "${name}"${hint}`);
}

/** Makes an error of parseArgs one line with a hint. Returns any other error unchanged. */
async function asCliError(error: unknown, help: string, see: string): Promise<unknown> {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!(error instanceof Error) || !code.startsWith("ERR_PARSE_ARGS")) return error;
  const [message = ""] = error.message.split(/\n|\. To |\. This /);
  const unknown = /^Unknown option '(--[\w-]+)/.exec(message)?.[1];
  if (unknown === undefined) return new CliError(`${message}; ${see}`);
  const { didYouMean } = await import("../text/did-you-mean.ts");
  return new CliError(`${message}${didYouMean(unknown, help.match(/--[a-z-]+/g) ?? []) || `; ${see}`}`);
}

async function version(): Promise<string> {
  const text = await readFile(new URL("../../package.json", import.meta.url), "utf8");
  return JSON.parse(text).version;
}

// The SDK's warning about future Node versions is for the maintainers of Keyward, not for its users.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

// A reader that closes the pipe early (`| head`) is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) =>
  process.exit(error.code === "EPIPE" ? EXIT.fine : EXIT.fault),
);

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof CliError)) throw error;
  complain(error.message);
  process.exitCode = EXIT.fault;
}
