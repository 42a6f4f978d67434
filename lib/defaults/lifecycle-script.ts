import type { Policy } from "../policy/schema.ts";
import { MARK, sdkConfigText } from "./sdk-config.ts";

/** The limit of a lifecycle configuration's content in base64, in characters (API Reference). */
export const MAX_CONTENT = 16_384;

/**
 * A lifecycle configuration for Studio's apps and for notebook instances. It installs the SDK's file for everybody in the
 * app or on the instance, or for its user where only that is possible. `region`: the Region of the key.
 */
export function lifecycleScript(key: string, region: string, policy: Policy): string {
  // A key's ARN has neither quotes nor spaces, and the delimiter is quoted: the shell expands nothing of the file.
  return `#!/bin/bash
# ${MARK} lifecycle. It installs the defaults of the SageMaker Python SDK, so that jobs get a KMS key.
# For Studio (JupyterLab, Code Editor) and for notebook instances (on start). It may run any number of times.
set -u

fail() {
  echo "keyward defaults: $1" >&2
  echo "keyward defaults: what to do: $2" >&2
  exit 1
}

region="\${AWS_REGION:-\${AWS_DEFAULT_REGION:-${region}}}"
if [ "$region" != "${region}" ]; then
  fail "this is $region, and the key belongs to ${region}" "print the script again with --key and a key of $region"
fi

# The first folder of XDG_CONFIG_DIRS is the one that the SDK reads.
system="\${XDG_CONFIG_DIRS:-/etc/xdg}"
system="\${system%%:*}/sagemaker/config.yaml"
user="\${XDG_CONFIG_HOME:-\${HOME:-/root}/.config}/sagemaker/config.yaml"
override="\${SAGEMAKER_ADMIN_CONFIG_OVERRIDE:-}"
if [ -n "$override" ] && [ "$override" != "$system" ]; then
  fail "SAGEMAKER_ADMIN_CONFIG_OVERRIDE is $override, so the SDK does not read $system" \\
    "add the content of this file to $override, or unset the variable"
fi

file="$(mktemp 2>/dev/null)" || fail "no temporary file can be made" "free space in \${TMPDIR:-/tmp}"
trap 'rm -f "$file"' EXIT
cat >"$file" <<'KEYWARD_DEFAULTS' || fail "$file cannot be written" "free space in \${TMPDIR:-/tmp}"
${sdkConfigText(key, "v2", policy)}KEYWARD_DEFAULTS

sudo=""
run() {
  if [ -n "$sudo" ]; then sudo -n "$@"; else "$@"; fi 2>/dev/null
}

# Ends the script if $1 has the file at the end; else the next place is tried.
install_at() {
  if cmp -s "$file" "$1"; then
    echo "keyward defaults: $1 is up to date"
    exit 0
  fi
  if [ -e "$1" ] && ! head -n 1 "$1" | grep -q "${MARK}"; then
    fail "$1 exists and is not from keyward defaults" "add the keys of this script to it, and detach the script"
  fi
  run mkdir -p "$(dirname "$1")" && run cp "$file" "$1.new" && run chmod 644 "$1.new" && run mv -f "$1.new" "$1" ||
    return 0
  echo "keyward defaults: installed $1"
  exit 0
}

install_at "$system"
if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  sudo="yes"
  install_at "$system"
  sudo=""
fi
install_at "$user"
fail "neither $system nor $user can be written" "run the script as root, or let the image have $system"
`;
}
