import type { ActionContext } from '../../sdk/action-context.js';
import { t } from '../../sdk/arguments.js';
import { defineAction, ModuleFailure } from '../../sdk/module.js';
import { splitWords } from '../../sdk/words.js';
import { guardArguments, guardReason, notRun } from '../commands/guard.js';
import { commandOutcome } from '../commands/result.js';
import { expandWords, hasVariables } from '../commands/words.js';

export const command = defineAction({
  name: 'command',
  summary: 'Runs a program, without a shell',
  arguments: {
    cmd: t.string().describe('The command line.'),
    argv: t.list(t.string()).describe('The command as a list of words.'),
    ...guardArguments,
    stdin: t.string(),
    stdin_add_newline: t.bool().default(true),
    strip_empty_ends: t.bool().default(true).describe('Empty lines at the end of what it says are left out.'),
    expand_argument_vars: t.bool().default(true).describe('`$VAR` and `~` in its words.'),
  },
  rules: { exclusive: [['cmd', 'argv']], oneOf: [['cmd', 'argv']] },
  freeForm: 'cmd',
  examples: [
    { title: 'once', task: 'command: {cmd: touch /opt/app/init.done, creates: /opt/app/init.done}' },
    { title: 'words that need no quotes', task: 'command: {argv: [systemctl, is-active, "{{ name }}"]}' },
    { title: 'short', task: 'command: uname -r' },
  ],
  checkMode: 'unknown',
  async guard(args, read) {
    const reason = await guardReason(args, read);
    return reason === undefined ? undefined : notRun(wordsOf(args), reason);
  },
  async run(args, context) {
    const words = wordsOf(args);
    const argv = args.expand_argument_vars && hasVariables(words) ? expandWords(words, await environmentOf(context)) : words;
    const answer = await context.exec({
      argv,
      ...(args.chdir !== undefined && { chdir: args.chdir }),
      ...(args.stdin !== undefined && { stdin: args.stdin_add_newline ? `${args.stdin}\n` : args.stdin }),
    });
    return commandOutcome(argv, answer, args.strip_empty_ends);
  },
});

function wordsOf({ cmd, argv }: { cmd: string | undefined; argv: readonly string[] | undefined }): string[] {
  const words = argv ? [...argv] : splitWords(cmd ?? '');
  if (!words.length) throw new ModuleFailure('there is no command to run');
  return words;
}

/** As the program itself would see it: with the task's `environment`. */
async function environmentOf(context: ActionContext): Promise<ReadonlyMap<string, string>> {
  const { stdout } = await context.exec({ argv: ['env', '-0'] });
  return new Map(
    stdout
      .split('\0')
      .flatMap((each) => (each.includes('=') ? [[each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]] : [])),
  );
}
