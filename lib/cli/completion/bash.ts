import type { CommandSpecification, OptionSpecification } from "./specification.ts";

/** The completion script for bash. Works in bash 3.2 too, which macOS has. */
export function bashCompletion(commands: readonly CommandSpecification[]): string {
  return `# bash completion of keyward. Load it with: eval "$(keyward completion bash)"
_keyward() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} words="" files=""
  # bash treats the = of --option=value as a separate word.
  if [[ $cur == = ]]; then cur=""
  elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  if [[ $COMP_CWORD -eq 1 ]]; then
    words=${quoted([...commands.map(({ name }) => name), "help", "--help", "--version"])}
  else
    case "\${COMP_WORDS[1]} $prev" in
      ${branches(commands).join("\n      ")}
    esac
  fi
  local IFS=$'\\n'
  if [[ -n $files && $cur != -* ]]; then
    COMPREPLY=($(compgen -f -- "$cur"))
    compopt -o filenames 2>/dev/null
  else
    COMPREPLY=()
  fi
  COMPREPLY+=($(compgen -W "\${words// /$'\\n'}" -- "$cur"))
}
complete -F _keyward keyward
`;
}

/** A branch for each option that takes a value, then one for the options and operands of the command. */
function branches(commands: readonly CommandSpecification[]): string[] {
  return [
    ...commands.flatMap(({ name, options }) =>
      options
        .filter(({ takes }) => takes !== "nothing")
        .map((option) => `${quoted([`${name} ${option.name}`])}) ${valuesOf(option)} ;;`),
    ),
    `"help "*) words=${quoted(commands.map(({ name }) => name))} ;;`,
    ...commands.map(({ name, options, words, files }) => {
      const all = quoted([...words, ...options.map((option) => option.name)]);
      return `"${name} "*) words=${all}${files ? " files=1" : ""} ;;`;
    }),
  ];
}

function valuesOf({ takes, values }: OptionSpecification): string {
  if (takes === "file") return "files=1";
  return takes === "values" ? `words=${quoted(values)}` : ":";
}

const quoted = (words: readonly string[]): string => `"${words.join(" ")}"`;
