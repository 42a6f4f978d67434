import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface InstallRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** The arguments of each call of `aws`. */
  readonly calls: readonly (readonly string[])[];
}

/** A command `aws` that writes its arguments down, and keeps the checksums of what is put. */
const AWS = `#!/usr/bin/env bash
(IFS=$'\\x1f'; printf '%s\\n' "$*") >>"$FAKE/calls"
value() { local want=$1; shift; while [ $# -gt 1 ]; do if [ "$1" = "$want" ]; then echo "$2"; fi; shift; done; }
if [ -n "$FAULT" ] && { [ "$FAULT" = "$1" ] || [ "$FAULT" = "\${2-}" ]; }; then echo 'An error occurred (AccessDenied)' >&2; exit 254; fi
case "$1 \${2-}" in
  '--version ') [ "$FAULT" = version ] && echo 'aws-cli/1.45.0' || echo 'aws-cli/2.31.0 Python/3.13.7' ;;
  'sts get-caller-identity') echo 111122223333 ;;
  's3api head-object')
    stored=$FAKE/stored/$(value --key "$@" | tr / _)
    if [ -e "$stored" ]; then cat "$stored"; else
      echo 'An error occurred (404) when calling the HeadObject operation: Not Found' >&2; exit 254
    fi ;;
  's3api put-object') value --checksum-sha256 "$@" >"$FAKE/stored/$(value --key "$@" | tr / _)" ;;
esac
`;

/** Runs install.sh of a release with such a command on the PATH. */
export function fakeAws(folder: string) {
  mkdirSync(join(folder, "stored"));
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin/aws"), AWS);
  chmodSync(join(folder, "bin/aws"), 0o755);
  const calls = join(folder, "calls");
  return {
    /** `fault`: the service, the operation or `version` that fails. */
    run(release: string, args: readonly string[], fault = ""): InstallRun {
      rmSync(calls, { force: true });
      const env = { PATH: `${join(folder, "bin")}:${process.env.PATH}`, FAKE: folder, FAULT: fault };
      const ran = spawnSync(join(release, "install.sh"), args, { cwd: folder, env, encoding: "utf8", input: "" });
      const lines = existsSync(calls) ? readFileSync(calls, "utf8").trimEnd().split("\n") : [];
      return { code: ran.status, out: ran.stdout, err: ran.stderr, calls: lines.map((line) => line.split("\x1f")) };
    },
    /** Changes the content of everything that was put. */
    replaceStored(checksum: string): void {
      for (const name of readdirSync(join(folder, "stored"))) writeFileSync(join(folder, "stored", name), checksum);
    },
  };
}
