import { pushPolicy, putInForce, readControl, readHistory, readPushed } from "../../control/change-control.ts";
import type { Control } from "../../control/control-object.ts";
import { readFile } from "../../files/read-file.ts";
import type { Policy } from "../../policy/schema.ts";
import { versionOf } from "../../policy/version.ts";
import { confirm } from "../input/confirm.ts";
import { policyFrom } from "../input/policy-from.ts";
import { CliError, EXIT } from "../terminal/cli-error.ts";
import { complain, print } from "../terminal/terminal.ts";
import { authorOf, becauseOf, faultOf, madeChange, openControl } from "./change.ts";
import { controlInWords } from "./control-words.ts";

/** The options that the subcommands about an installation's policy share. */
export interface RemoteValues {
  readonly stack?: string;
  readonly region?: string;
  readonly because?: string;
  readonly compare?: string;
  readonly to?: string;
  readonly yes: boolean;
  readonly json: boolean;
}

const MAX_POLICY_BYTES = 256 * 1024;
const MOST_CHANGES = 100;

/** Checks a policy file and puts it in force. With `--compare` it first shows what it would have changed. */
export async function push(files: readonly string[], values: RemoteValues): Promise<number> {
  const [file, ...more] = files;
  if (file === undefined || more.length > 0) throw new CliError("policy push takes one policy FILE");
  const because = becauseOf(values.because);
  const policy = await policyFrom(file);
  const content = readFile(file, { maxBytes: MAX_POLICY_BYTES });
  if (content.is === "fault") throw new CliError(`${file}: ${content.because}`);
  const { store, connection } = await openControl(values);
  const current = await readControl(store);
  if (current.is === "fault") throw faultOf(current);
  const version = versionOf(policy);
  if (current.control?.policyVersion === version) {
    complain(`policy ${version} is in force already; nothing was changed`);
    return EXIT.fine;
  }
  if (values.compare !== undefined) {
    await showWhatChanges(values.compare, await inForce(store, current.control), policy);
    if (!values.yes) await confirm(`Put policy ${version} in force?`, "--compare asks before it changes anything");
  }
  const text = content.bytes.toString("utf8");
  return report(madeChange(await pushPolicy(store, policy, text, authorOf(connection, because))), values.json);
}

/** Prints the text of the policy that is in force, or of another one that was pushed. */
export async function pull(files: readonly string[], values: RemoteValues): Promise<number> {
  none("pull", files);
  const { store } = await openControl(values);
  const current = await readControl(store);
  if (current.is === "fault") throw faultOf(current);
  const version = values.to ?? current.control?.policyVersion;
  if (version === undefined) throw new CliError("no policy was pushed: the one that was deployed is in force");
  const pushed = await readPushed(store, versionIn(version));
  if (pushed.is === "fault") throw faultOf(pushed);
  process.stdout.write(pushed.text);
  return EXIT.fine;
}

/** Lists the changes of mode and policy, the latest first. */
export async function history(files: readonly string[], values: RemoteValues): Promise<number> {
  none("history", files);
  const { store } = await openControl(values);
  const changes = await readHistory(store, MOST_CHANGES);
  if ("is" in changes) throw faultOf(changes);
  if (values.json) for (const change of changes) print(JSON.stringify(change));
  else if (changes.length === 0) complain("nothing was ever changed");
  else print(changes.map(controlInWords).join("\n"));
  return EXIT.fine;
}

/** Puts the policy before the present one in force again, or the one that `--to` names. */
export async function rollback(files: readonly string[], values: RemoteValues): Promise<number> {
  none("rollback", files);
  const because = becauseOf(values.because);
  const { store, connection } = await openControl(values);
  const changes = await readHistory(store, MOST_CHANGES);
  if ("is" in changes) throw faultOf(changes);
  const [now, ...before] = changes;
  const earlier = before.find(({ policyVersion }) => policyVersion !== now?.policyVersion);
  if (values.to === undefined && !earlier) throw new CliError("there is no earlier policy; give --to VERSION");
  const version = values.to === undefined ? earlier?.policyVersion : versionIn(values.to);
  return report(madeChange(await putInForce(store, version, authorOf(connection, because))), values.json);
}

function report(control: Control, json: boolean): number {
  print(json ? JSON.stringify(control) : `${controlInWords(control)}\nIn force within a minute.`);
  return EXIT.fine;
}

async function inForce(store: Parameters<typeof readPushed>[0], control: Control | undefined): Promise<Policy> {
  if (control?.policyVersion === undefined) return policyFrom(undefined);
  const pushed = await readPushed(store, control.policyVersion);
  if (pushed.is === "pushed") return pushed.policy;
  throw faultOf(pushed);
}

/** The calls of a trail that the two policies judge differently. */
async function showWhatChanges(path: string, policy: Policy, other: Policy): Promise<void> {
  const { judgeHistory } = await import("../../backtest/judge-history.ts");
  const { comparisonOf } = await import("../../core/report/compare.ts");
  const { showComparison } = await import("../show/comparison.ts");
  const judged = await judgeHistory({
    policy,
    other,
    paths: [path],
    standardInput: async () => ({ is: "fault", because: "standard input cannot be compared here" }),
    threads: 1,
    signal: new AbortController().signal,
    onRead: () => {},
  });
  if (judged.files === 0) throw new CliError(`${path} holds no CloudTrail records; nothing was changed`);
  print(showComparison(comparisonOf(judged.comparison, { from: versionOf(policy), to: versionOf(other) })));
}

function versionIn(text: string): string {
  if (!/^[0-9a-f]{12}$/.test(text)) throw new CliError(`${text} is not a version; keyward policy history lists them`);
  return text;
}

function none(verb: string, files: readonly string[]): void {
  if (files.length > 0) throw new CliError(`policy ${verb} takes no ${files[0]}`);
}
