import { posix } from 'node:path';
import { t } from '../../sdk/arguments.js';
import { defineAction } from '../../sdk/module.js';
import { splitWords } from '../../sdk/words.js';
import { guardArguments, guardReason } from '../commands/guard.js';
import { commandOutcome } from '../commands/result.js';

export const script = defineAction({
  name: 'script',
  summary: 'Runs a script of the control machine on the host',
  arguments: {
    cmd: t.controlScript().required().describe('The script (in `files/`) and its arguments.'),
    executable: t.string().describe('What runs it. Left out: what its first line says, or /bin/sh.'),
    ...guardArguments,
  },
  freeForm: 'cmd',
  examples: [
    { title: 'with an argument', task: 'script: {cmd: check.sh --verbose}' },
    { title: 'in perl', task: 'script: {cmd: report.pl, executable: perl}' },
  ],
  checkMode: 'unknown',
  async guard(args, read) {
    const reason = await guardReason(args, read);
    return reason === undefined ? undefined : { skipped: true, msg: `Did not run since ${reason}` };
  },
  async run(args, context) {
    const { file, args: words } = args.cmd;
    const text = (await file.content()).toString();
    const [executable = '/bin/sh', ...options] = splitWords(args.executable ?? firstLine(text) ?? '/bin/sh');
    const answer = await context.exec({
      ...(options.length ? { script: withOptions([executable, ...options], text) } : { script: text, executable }),
      args: words,
      ...(args.chdir !== undefined && { chdir: args.chdir }),
    });
    return commandOutcome([posix.basename(file.path), ...words], answer, false);
  },
});

/** The interpreter of `#!`, never executed by path: /tmp may be noexec. */
function firstLine(text: string): string | undefined {
  const [, said] = /^#!\s*(.+)/.exec(text) ?? [];
  return said?.trim().replace(/^\/usr\/bin\/env\s+(-S\s+)?/, '');
}

/** The script's path comes first behind a program, so options of an interpreter are given by a shell that replaces itself by it. */
function withOptions(interpreter: readonly string[], text: string): string {
  let end = 'END_OF_SCRIPT';
  while (text.includes(end)) end += '_';
  const quoted = interpreter.map((each) => `'${each.replaceAll("'", "'\\''")}'`).join(' ');
  return `exec ${quoted} /dev/fd/9 "$@" 9<<'${end}'\n${text}\n${end}\n`;
}
