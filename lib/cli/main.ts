import { readFile } from "node:fs/promises";
import { CliError, EXIT } from "./terminal/cli-error.ts";
import { complain, print } from "./terminal/terminal.ts";

interface Command {
  readonly summary: string;
  load(): Promise<{ run(args: string[]): Promise<number>; usage: string }>;
}

const commands: Readonly<Record<string, Command>> = {
  replay: {
    summary: "judge events and act on them: on an embedded AWS, on paper, or for real",
    load: async () => import("./commands/replay.ts"),
  },
  backtest: {
    summary: "say what a policy would have done with CloudTrail's history",
    load: async () => import("./commands/backtest.ts"),
  },
  explain: {
    summary: "say why an event is judged as it is, setting by setting",
    load: async () => import("./commands/explain.ts"),
  },
  catalogue: {
    summary: "print every operation that is judged, and the instance families",
    load: async () => import("./commands/catalogue.ts"),
  },
  sweep: {
    summary: "look at what exists now, for what no event has told of",
    load: async () => import("./commands/sweep.ts"),
  },
  policy: {
    summary: "check a policy file",
    load: async () => import("./commands/policy.ts"),
  },
  check: {
    summary: "judge templates, request files and pipeline definitions before they are put to use",
    load: async () => import("./commands/check.ts"),
  },
};

const usage = [
  "keyward: keeps Amazon SageMaker data under your own KMS keys",
  "",
  "Usage: keyward <command> [options]",
  "",
  ...Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(11)}${summary}`),
  "",
  "keyward <command> --help tells more; keyward --version tells which this is.",
  "",
  "Exit codes",
  "  0  fine",
  "  1  something is non-compliant, and --fail-on non-compliant was given, or in a file that was checked",
  "  2  a faulty call, an input that cannot be read, or an action that AWS refused",
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
    return await run(args);
  } catch (error) {
    throw await asCliError(error, help, `see keyward ${name} --help`);
  }
}

async function load(name: string): ReturnType<Command["load"]> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) return command.load();
  const { didYouMean } = await import("../text/did-you-mean.ts");
  const names = Object.keys(commands);
  const hint = didYouMean(name, names) || `; there are ${names.join(", ")}: see keyward --help`;
  throw new CliError(`no ${name.startsWith("-") ? "option" : "command"} "${name}"${hint}`);
}

/** What parseArgs throws, in one line with a hint; anything else as it is. */
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

// Which Node the SDK will want next year is for whoever keeps Keyward to know, not for its users.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

// A reader that has seen enough (`| head`) is no fault.
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
