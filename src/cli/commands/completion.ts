import { oneOf } from '../command-line.js';
import { SHELLS } from '../completion.js';
import type { AddCommand } from './act.js';

export const addCompletion: AddCommand = (program, act) => {
  program
    .command('completion')
    .description('a script that completes commands, options and playbooks: source <(chatsctl completion bash)')
    .argument('<shell>', SHELLS.join(', '), oneOf('<shell>', SHELLS))
    .action(
      act(async (session, shell: (typeof SHELLS)[number]) => {
        const { completionScript } = await import('../completion.js');
        session.terminal.stdout.write(completionScript(shell, program));
        return 0;
      }),
    );
};
