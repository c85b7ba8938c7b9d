import { t } from '../../sdk/arguments.js';
import { defineAction } from '../../sdk/module.js';
import { guardArguments, guardReason, notRun } from '../commands/guard.js';
import { commandOutcome } from '../commands/result.js';

export const shell = defineAction({
  name: 'shell',
  summary: 'Runs a text in a shell of the host',
  arguments: {
    cmd: t.string().required().describe('The text. It goes to the shell on a descriptor, never in its arguments.'),
    executable: t.path().default('/bin/sh').describe('The shell.'),
    ...guardArguments,
    stdin: t.string(),
    stdin_add_newline: t.bool().default(true),
    strip_empty_ends: t.bool().default(true).describe('Empty lines at the end of what it says are left out.'),
  },
  freeForm: 'cmd',
  examples: [
    { title: 'a pipe', task: 'shell: journalctl -b | grep -c error' },
    { title: 'in bash', task: 'shell: {cmd: "set -o pipefail; a | b", executable: /bin/bash}' },
  ],
  checkMode: 'unknown',
  async guard(args, read) {
    const reason = await guardReason(args, read);
    return reason === undefined ? undefined : notRun(args.cmd, reason);
  },
  async run(args, context) {
    const answer = await context.exec({
      script: args.cmd,
      executable: args.executable,
      ...(args.chdir !== undefined && { chdir: args.chdir }),
      ...(args.stdin !== undefined && { stdin: args.stdin_add_newline ? `${args.stdin}\n` : args.stdin }),
    });
    return commandOutcome(args.cmd, answer, args.strip_empty_ends);
  },
});
