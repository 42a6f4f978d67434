import type { CommandSpecification, OptionSpecification } from "./specification.ts";

/** The completion script for zsh, which sources it or finds it as _keyward in its $fpath. */
export function zshCompletion(commands: readonly CommandSpecification[]): string {
  const summaries = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`);
  return `#compdef keyward
# zsh completion of keyward. Load it with: eval "$(keyward completion zsh)"
_keyward() {
  local -a commands
  commands=(
${summaries.join("\n")}
    'help:print the help of a command'
  )
  if (( CURRENT == 2 )); then
    _describe -t commands command commands
    _arguments '--help[print the help]' '--version[print the version]'
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
    help) _arguments "1:command:(${commands.map(({ name }) => name).join(" ")})" ;;
${commands.map(branch).join("\n")}
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _keyward "$@"; else compdef _keyward keyward; fi
`;
}

function branch({ name, options, words, files }: CommandSpecification): string {
  const specs = [
    ...options.map(optionSpec),
    ...(words.length > 0 ? [quoted(`1:what:(${words.join(" ")})`)] : []),
    ...(files ? [quoted("*:file:_files")] : []),
  ];
  return `    ${name}) _arguments ${specs.join(" ")} ;;`;
}

function optionSpec({ name, help, takes, values }: OptionSpecification): string {
  const about = help === "" ? "" : `[${help.replace(/[[\]\\]/g, "\\$&")}]`;
  const value = { nothing: "", file: ":file:_files", text: ":value:", values: `:value:(${values.join(" ")})` }[takes];
  return quoted(`${name}${about}${value}`);
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
