import { CliError, EXIT } from "./cli-error.ts";
import { complain, print } from "./terminal.ts";

interface Command {
  readonly summary: string;
  load(): Promise<{ run(args: string[]): Promise<number>; usage: string }>;
}

const commands: Readonly<Record<string, Command>> = {
  replay: {
    summary: "judge events and act on them: on an embedded AWS, on paper, or for real",
    load: async () => import("./replay.ts"),
  },
  explain: {
    summary: "say why an event is judged as it is, setting by setting",
    load: async () => import("./explain.ts"),
  },
  catalogue: {
    summary: "print every operation that can carry a key, and its settings",
    load: async () => import("./catalogue.ts"),
  },
  policy: {
    summary: "check a policy file",
    load: async () => import("./policy.ts"),
  },
};

const usage = [
  "keyward: keeps Amazon SageMaker data under your own KMS keys",
  "",
  "Usage: keyward <command> [options]",
  "",
  ...Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(11)}${summary}`),
  "",
  "keyward <command> --help tells more.",
  "Exit codes: 0 fine; 1 non-compliant, where --fail-on asks for it; 2 a faulty call or unreadable input.",
].join("\n");

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    print(usage);
    return name === undefined ? EXIT.fault : EXIT.fine;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new CliError(`no command "${name}"; there are ${Object.keys(commands).join(", ")}`);
  const { run, usage: help } = await command.load();
  if (args.includes("--help") || args.includes("-h")) {
    print(help);
    return EXIT.fine;
  }
  return run(args);
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
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const isUsage = error instanceof CliError || code.startsWith("ERR_PARSE_ARGS");
  if (!isUsage) throw error;
  complain(`${(error as Error).message.split(/\n|\. To /)[0]}; see keyward ${process.argv[2] ?? ""} --help`);
  process.exitCode = EXIT.fault;
}
