import { type RunFlags, withRun } from '../play-options.js';
import type { AddCommand } from './act.js';

export const addPreflight: AddCommand = (program, act) => {
  withRun(program.command('preflight'))
    .description('every check of the guide, read-only, as a table with clause ids')
    .action(
      act(async (session, flags: RunFlags) => {
        const { playShipped } = await import('../play-shipped.js');
        return playShipped('preflight', flags, session);
      }),
    );
};
