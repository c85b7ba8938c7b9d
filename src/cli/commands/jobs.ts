import { type ConnectionFlags, withConnection } from '../play-options.js';
import type { AddCommand } from './act.js';

export const addJobs: AddCommand = (program, act) => {
  const jobs = program.command('jobs').description('dialogues that run or wait on the hosts');
  const load = () => import('../jobs-commands.js');
  withConnection(jobs.command('list', { isDefault: true }))
    .description('the jobs on every host of the inventory')
    .action(act(async (session, flags: ConnectionFlags) => (await load()).listAll(flags, session)));
  withConnection(jobs.command('attach'))
    .description('watch a job and answer it by hand; ctrl-C leaves it running')
    .argument('<job>', 'its id')
    .action(act(async (session, job: string, flags: ConnectionFlags) => (await load()).attachTo(job, flags, session)));
  withConnection(jobs.command('stop'))
    .description('end a job and forget it: the next run starts it anew')
    .argument('<job>', 'its id')
    .action(act(async (session, job: string, flags: ConnectionFlags) => (await load()).stop(job, flags, session)));
};
