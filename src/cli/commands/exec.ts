import { type RunFlags, withRun } from '../play-options.js';
import type { AddCommand } from './act.js';

interface ExecFlags extends RunFlags {
  moduleName: string;
  args: string;
}

export const addExec: AddCommand = (program, act) => {
  withRun(program.command('exec'))
    .description('one task, ad hoc')
    .argument('<pattern>', 'hosts and groups, such as all or chats:!chat2')
    .option('-m, --module-name <module>', 'the module', 'command')
    .option('-a, --args <args>', 'its arguments: YAML, or words such as path=/x state=touch', '')
    .action(
      act(async (session, pattern: string, flags: ExecFlags) => {
        const [{ runPlaybook }, { adHocPlaybook }] = await Promise.all([import('../run-playbook.js'), import('../../playbook/ad-hoc.js')]);
        const task = { pattern, module: flags.moduleName, args: flags.args };
        return runPlaybook(
          {
            command: 'exec',
            name: pattern,
            needsHosts: true,
            load: (context) => ({ ...adHocPlaybook(task, context), lookedAt: new Map() }),
            // One task: its result is what was asked for.
            flags: { ...flags, verbose: flags.verbose + 1 },
          },
          session,
        );
      }),
    );
};
