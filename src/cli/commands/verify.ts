import { type RunFlags, withRun } from '../play-options.js';
import type { AddCommand } from './act.js';

export const addVerify: AddCommand = (program, act) => {
  withRun(program.command('verify'))
    .description('the acceptance checks after the installation, read-only')
    .action(
      act(async (session, flags: RunFlags) => {
        const { playShipped } = await import('../play-shipped.js');
        return playShipped('verify', flags, session);
      }),
    );
};
