import { createInterface } from 'node:readline';
import { formatDuration } from '../base/duration.js';
import { failure } from '../base/errors.js';
import { jobHost } from '../host/jobs/host-jobs.js';
import type { JobHost } from '../host/jobs/job-host.js';
import { attachJob, type ListedJob, listJobs, stopJob } from '../host/jobs/jobs-by-hand.js';
import { demandInventory } from './customer-directory.js';
import { exitStatus, statusOf } from './exit.js';
import type { ConnectionFlags } from './play-options.js';
import type { Prompter } from './prompter.js';
import { type HostReach, type Reached, reachHosts } from './reach-hosts.js';
import { reportError } from './report-error.js';
import { prompterFor, type Session } from './session.js';
import { table } from './table.js';

interface Found {
  readonly host: string;
  readonly at: JobHost;
  readonly job: ListedJob;
}

export function listAll(flags: ConnectionFlags, session: Session): Promise<number> {
  const { terminal, say } = session;
  return withJobs(flags, session, async ({ found, errors }) => {
    if (flags.output === 'json') for (const { host, job } of found) terminal.stdout.line(JSON.stringify({ type: 'job', host, ...job }));
    else if (found.length > 0) terminal.stdout.write(jobTable(found, session));
    else if (errors.length === 0) terminal.stderr.line(say('jobs.none'));
    return exitStatus.done;
  });
}

export function attachTo(id: string, flags: ConnectionFlags, session: Session): Promise<number> {
  const { terminal, say, clock, interrupt } = session;
  return withJobs(flags, session, async ({ found }) => {
    const { host, at } = theOne(id, found);
    terminal.stderr.line(say('jobs.attached', { id, host }));
    const input = createInterface({ input: terminal.stdin });
    const write = (text: string) => {
      terminal.stdout.write(text);
      terminal.stdout.flush();
    };
    try {
      const rc = await attachJob(at, id, { masking: terminal.masker, clock, signal: interrupt.signal, write, input });
      terminal.stderr.line(rc === undefined ? say('jobs.gone', { id }) : say('jobs.ended', { id, status: rc }));
      return rc === undefined || rc === 0 ? exitStatus.done : exitStatus.taskFailed;
    } finally {
      input.close();
    }
  });
}

export function stop(id: string, flags: ConnectionFlags, session: Session): Promise<number> {
  const { terminal, say } = session;
  return withJobs(flags, session, async ({ found, prompter }) => {
    const { host, at } = theOne(id, found);
    // A script says which job it means and is not asked.
    if (prompter.canAsk && !(await prompter.confirm(say('ask.stop-job', { id, host })))) {
      terminal.stderr.line(say('jobs.left'));
      return exitStatus.done;
    }
    await stopJob(at, id);
    terminal.stderr.line(say('jobs.stopped', { id, host }));
    return exitStatus.done;
  });
}

interface Looked {
  readonly found: readonly Found[];
  /** Of hosts that could not be asked. */
  readonly errors: readonly unknown[];
  readonly prompter: Prompter;
}

/** Looks at every host, as root; a host that cannot be asked is reported, and decides the status when nothing else does. */
async function withJobs(flags: ConnectionFlags, session: Session, work: (looked: Looked) => Promise<number>): Promise<number> {
  demandInventory(flags.inventory, 'jobs');
  const prompter = prompterFor(session, flags);
  const reach = await reachHosts('all', flags, prompter, session);
  try {
    const { found, errors } = await look(reach, session);
    for (const error of errors) reportError(error, session);
    if (found.length === 0 && errors.length > 0) return session.interrupt.exitStatus ?? statusOf(errors[0]);
    const exit = await work({ found, errors, prompter });
    return session.interrupt.exitStatus ?? (exit === exitStatus.done && errors.length > 0 ? statusOf(errors[0]) : exit);
  } finally {
    await reach.close();
  }
}

async function look(reach: HostReach, { clock, interrupt }: Session): Promise<{ found: Found[]; errors: unknown[] }> {
  const settled = await reach.each(async (host: Reached): Promise<Found[]> => {
    const at = jobHost(() => host.port('root'), clock, interrupt.signal);
    return (await listJobs(at)).map((job) => ({ host: host.name, at, job }));
  });
  return {
    found: settled.flatMap((each) => (each.status === 'fulfilled' ? each.value : [])),
    errors: settled.flatMap((each) => (each.status === 'rejected' ? [each.reason] : [])),
  };
}

function theOne(id: string, found: readonly Found[]): Found {
  const [one, ...more] = found.filter(({ job }) => job.id === id);
  if (!one) throw failure('job/no-job', { id });
  if (more.length > 0) throw failure('cli/several-jobs', { id, hosts: [one, ...more].map((each) => each.host).join(', ') });
  return one;
}

function jobTable(found: readonly Found[], { say }: Session): string {
  const headings = (['host', 'job', 'state', 'started', 'elapsed', 'silent', 'answered'] as const).map((each) => say(`table.${each}`));
  const rows = found.map(({ host, job }) => [
    host,
    job.id,
    job.state,
    job.started.replace(/\.\d+Z$/, 'Z'),
    formatDuration(wholeSeconds(job.elapsed)),
    formatDuration(wholeSeconds(job.silent)),
    job.answered.join(', '),
  ]);
  return table(headings, rows);
}

function wholeSeconds(ms: number): number {
  return Math.round(ms / 1000) * 1000;
}
