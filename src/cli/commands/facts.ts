import { type ConnectionFlags, withConnection } from '../play-options.js';
import type { AddCommand } from './act.js';

export const addFacts: AddCommand = (program, act) => {
  withConnection(program.command('facts'))
    .description('what is known of the hosts')
    .argument('<pattern>', 'hosts and groups, such as all')
    .action(
      act(async (session, pattern: string, flags: ConnectionFlags) => {
        const { printFacts } = await import('../print-facts.js');
        return printFacts(pattern, flags, session);
      }),
    );
};
