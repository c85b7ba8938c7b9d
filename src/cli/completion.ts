import type { Command } from 'commander';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** Words that may follow a command's words. */
interface Completed {
  /** `jobs attach`. */
  readonly words: string;
  readonly description: string;
  readonly commands: readonly string[];
  readonly options: readonly { readonly long: string; readonly description: string; readonly takesValue: boolean }[];
}

/** What the shells need of the program, from the definitions that read the command line. */
export function completionScript(shell: (typeof SHELLS)[number], program: Command): string {
  return { bash, zsh, fish }[shell](program.name(), walk(program, []));
}

function walk(command: Command, before: readonly string[]): Completed[] {
  const own: Completed = {
    words: before.join(' '),
    description: command.description(),
    commands: command.commands.map((each) => each.name()),
    options: [
      ...command.options.flatMap(({ long, description, required, optional }) =>
        long ? [{ long, description, takesValue: required || optional }] : [],
      ),
      { long: '--help', description: 'print help', takesValue: false },
    ],
  };
  return [own, ...command.commands.flatMap((each) => walk(each, [...before, each.name()]))];
}

/** One function: the words before the cursor that are commands choose the list; a value of an option, and what is no option, is a file's name. */
function bash(name: string, all: readonly Completed[]): string {
  const cases = all.map(({ words, commands, options }) => {
    const values = options.filter((each) => each.takesValue).map((each) => each.long);
    return `    '${words}') words='${commands.join(' ')}' options='${options.map((each) => each.long).join(' ')}' valued=' ${values.join(' ')} ' ;;`;
  });
  return `# ${name} completion bash
_${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} path= word words= options= valued= index
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    case " $(_${name}_commands "$path") " in *" $word "*) path="\${path:+$path }$word" ;; esac
  done
  case $path in
${cases.join('\n')}
  esac
  COMPREPLY=()
  case $valued in *" $previous "*) COMPREPLY=($(compgen -f -- "$current")); return ;; esac
  case $current in
    -*) COMPREPLY=($(compgen -W "$options" -- "$current")) ;;
    *) if [ -n "$words" ]; then COMPREPLY=($(compgen -W "$words" -- "$current")); else COMPREPLY=($(compgen -f -- "$current")); fi ;;
  esac
}
_${name}_commands() {
  case $1 in
${all.map(({ words, commands }) => `    '${words}') echo '${commands.join(' ')}' ;;`).join('\n')}
  esac
}
complete -o filenames -F _${name} ${name}
`;
}

/** `path` would be the shell's own PATH. */
function zsh(name: string, all: readonly Completed[]): string {
  const cases = all.map(({ words, commands, options }) => {
    const described = commands.map((each) => `${each}:${colon(descriptionOf(all, words, each))}`);
    const flags = options.map((each) => `${each.long}:${colon(each.description)}`);
    return `    '${words}') commands=(${described.map(quoted).join(' ')}) options=(${flags.map(quoted).join(' ')}) ;;`;
  });
  return `#compdef ${name}
_${name}() {
  local at= word
  local -a commands options
  for word in \${words[2,CURRENT-1]}; do
    case $at:$word in
${all.flatMap(({ words, commands }) => commands.map((each) => `      '${words}:${each}') at='${`${words} ${each}`.trim()}' ;;`)).join('\n')}
    esac
  done
  case $at in
${cases.join('\n')}
  esac
  if [[ $PREFIX == -* ]]; then _describe option options; elif (( \${#commands} )); then _describe command commands; else _files; fi
}
compdef _${name} ${name}
`;
}

function fish(name: string, all: readonly Completed[]): string {
  const lines = all.flatMap(({ words, commands, options }) => {
    const here =
      words === ''
        ? '__fish_use_subcommand'
        : words
            .split(' ')
            .map((each) => `__fish_seen_subcommand_from ${each}`)
            .join('; and ');
    const known = commands.length > 0 && words !== '' ? `${here}; and not __fish_seen_subcommand_from ${commands.join(' ')}` : here;
    return [
      ...commands.map((each) => `complete -c ${name} -f -n ${quoted(known)} -a ${each} -d ${quoted(descriptionOf(all, words, each))}`),
      ...options.map(
        (each) =>
          `complete -c ${name} -n ${quoted(here)} -l ${each.long.slice(2)}${each.takesValue ? ' -r' : ''} -d ${quoted(each.description)}`,
      ),
    ];
  });
  return `# ${name} completion fish\n${lines.join('\n')}\n`;
}

function descriptionOf(all: readonly Completed[], words: string, command: string): string {
  return all.find((each) => each.words === `${words} ${command}`.trim())?.description ?? '';
}

/** A colon ends the word for zsh's _describe. */
function colon(text: string): string {
  return text.replaceAll(':', '\\:');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
