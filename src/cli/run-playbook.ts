import { failure } from '../base/errors.js';
import { run as runEngine } from '../engine/run.js';
import type { HostPending } from '../events/pending-handler.js';
import { acquireInventoryLock } from '../journal/inventory-lock.js';
import { type Journal, openJournal } from '../journal/journal.js';
import { newRunId } from '../journal/run-id.js';
import { lintPlaybook } from '../playbook/lint.js';
import { type Answers, askVariables } from './ask-variables.js';
import { includeReader, RunningJobs, runPorts } from './compose.js';
import { exitStatus, statusOf } from './exit.js';
import { Interrupted } from './interrupt.js';
import { missingBefore } from './known-variables.js';
import { listPlaybook } from './list-playbook.js';
import { operatorName } from './operator.js';
import { hostsOf } from './play-hosts.js';
import type { PlayFlags } from './play-options.js';
import { type LoadPlaybook, type Prepared, prepare } from './prepare.js';
import type { Prompter } from './prompter.js';
import { printDiagnostic } from './report-error.js';
import { Reporting } from './reporting.js';
import { pendingFrom, pendingWarning, playbookFile } from './resume.js';
import { askPasswords, lockWaitMs, runOptions } from './run-options.js';
import { prompterFor, type Session } from './session.js';
import { demandRoom, storeForRun } from './store-for-run.js';

export interface RunRequest {
  readonly command: string;
  /** The playbook as it was typed; `exec`: the pattern. */
  readonly name: string;
  /** It is an error when there is no host to do it on. */
  readonly needsHosts?: boolean;
  /** It changes nothing: it takes no lock and heeds none. */
  readonly looksOnly?: boolean;
  readonly load: LoadPlaybook;
  readonly flags: PlayFlags;
}

/** How long an orderly stop may take before what hangs is left behind. */
const STOP_MS = 30_000;

/** Reads, asks, locks, opens the store, plays, says how it ended; the exit status of the contract. Nothing is contacted before all of it is in order. */
export async function runPlaybook(request: RunRequest, session: Session): Promise<number> {
  const { flags } = request;
  if (flags.listHosts || flags.listTasks || flags.listTags || flags.syntaxCheck) return look(request, session);
  const run = newRunId(session.clock.now());
  const reporting = new Reporting(session, flags, run);
  try {
    return await playReported({ ...request, run, reporting }, session);
  } catch (error) {
    const exit = error instanceof Interrupted ? error.exitStatus : statusOf(error);
    // People read the error on stderr; a pipe of JSON and a report get it as events.
    reporting.fail(error, exit);
    throw error;
  } finally {
    await reporting.close();
  }
}

interface Reported extends RunRequest {
  readonly run: string;
  readonly reporting: Reporting;
}

/** `--list-…` and `--syntax-check`: nothing is contacted. */
function look({ name, load, flags }: RunRequest, session: Session): number {
  const prepared = prepare(load, flags, session);
  const { playbook, context, inventory } = prepared;
  const known = Object.keys(prepared.extraVars);
  const found = flags.syntaxCheck
    ? lintPlaybook(playbook, context, { known, inventory: flags.inventory.length > 0 ? inventory : undefined })
    : [];
  for (const each of [...prepared.warnings, ...found]) printDiagnostic(each, session);
  session.terminal.stdout.write(flags.syntaxCheck ? `playbook: ${name}\n` : listPlaybook(name, prepared, flags, session.cwd));
  return exitStatus.done;
}

async function playReported(request: Reported, session: Session): Promise<number> {
  const { flags, run } = request;
  const prepared = prepare(request.load, flags, session);
  // Each task would be answered with no, and the run look well.
  if (flags.step && !prompterFor(session, flags).canAsk) throw failure('cli/cannot-ask', { question: '--step' });
  if (request.needsHosts) demandHosts(request, prepared, session);
  await demandRoom(prepared, flags);
  const release = locks(request) ? await lockInventory(prepared, flags, run, session) : async () => {};
  try {
    return await playLocked(request, prepared, session);
  } finally {
    await release();
  }
}

function locks({ flags, looksOnly }: RunRequest): boolean {
  return !flags.check && looksOnly !== true;
}

function demandHosts({ name, flags }: RunRequest, { playbook, inventory, extraVars }: Prepared, { cwd }: Session): void {
  const choice = { inventory, limit: flags.limit, cwd, extraVars };
  if (playbook.plays.every((play) => hostsOf(play, choice)?.length === 0)) throw failure('cli/no-hosts', { pattern: name });
}

function lockInventory({ customerDirectory }: Prepared, flags: PlayFlags, run: string, session: Session): Promise<() => Promise<void>> {
  const { clock, interrupt, terminal, say, env } = session;
  const request = { run, operator: operatorName(env), clock };
  const waitMs = lockWaitMs(flags);
  if (waitMs === 0) return acquireInventoryLock(customerDirectory, request);
  const timeout = waitMs < 2 ** 31 ? AbortSignal.timeout(waitMs) : new AbortController().signal;
  return acquireInventoryLock(customerDirectory, {
    ...request,
    wait: true,
    signal: AbortSignal.any([interrupt.signal, timeout]),
    onWait: (holder) => terminal.stderr.line(say('run.waiting', { ...holder })),
  }).catch((error: unknown) => {
    // Waited long enough: the refusal says who holds it.
    if (!timeout.aborted || interrupt.signal.aborted) throw error;
    return acquireInventoryLock(customerDirectory, request);
  });
}

async function playLocked(request: Reported, prepared: Prepared, session: Session): Promise<number> {
  const { flags, run, reporting } = request;
  const prompter = prompterFor(session, flags);
  const file = playbookFile(prepared.playbook.path, prepared.customerDirectory, session.packageDirectory);
  const pending = await owed(request, file, prepared);
  const passwords = await askPasswords(flags, prompter, session.say);
  const opened = await storeForRun({ prepared, flags, prompter, session });
  const answers = await ask(prepared, flags, opened.names, prompter, session);
  const store = await opened.ready(answers.keep, run);
  const journal = await openJournal(prepared.customerDirectory, run);
  reporting.record(journal);
  start({ ...request, file, pending }, prepared, session);
  const jobs = new RunningJobs();
  const { prompted } = answers;
  const ports = runPorts({ run, prepared, store, prompter, reporting, journal, prompted, verbosity: flags.verbose, jobs }, session);
  const options = runOptions(flags, { extraVars: prepared.extraVars, passwords, pending, locksHosts: locks(request) });
  try {
    const exit = await inTime(runEngine(prepared.playbook, ports, options), reporting, session);
    return session.interrupt.exitStatus ?? exit;
  } catch (error) {
    return ended(error, jobs, reporting, journal, session);
  }
}

/** A check run runs nothing of what is pending unless it is told to show what `--resume` would do, and is no run to go on from. */
async function owed({ command, flags }: RunRequest, file: string, { customerDirectory }: Prepared): Promise<readonly HostPending[]> {
  if (command !== 'play' || (flags.check && flags.resume === undefined)) return [];
  return pendingFrom({ resume: flags.resume, file, customerDirectory });
}

interface Started extends Reported {
  readonly file: string;
  readonly pending: readonly HostPending[];
}

/** Warnings stand in the record as well, so they come after its beginning. */
function start({ command, name, flags, run, reporting, file, pending }: Started, prepared: Prepared, session: Session): void {
  const { env, version } = session;
  reporting.emit({
    type: 'run_start',
    run,
    command,
    playbook: name,
    file,
    inventory: flags.inventory.join(' -i '),
    check: flags.check === true,
    operator: operatorName(env),
    version,
  });
  const warnings = [...prepared.warnings, ...(pending.length > 0 && flags.resume === undefined ? [pendingWarning(pending)] : [])];
  for (const each of warnings) reporting.emit({ type: 'diagnostic', diagnostic: each });
}

/** A run that did not come to its own end: interrupted (then that is the status), refused, or a defect. */
function ended(error: unknown, jobs: RunningJobs, reporting: Reporting, journal: Journal, session: Session): number {
  const { interrupt, terminal } = session;
  const { received, exitStatus: interrupted } = interrupt;
  if (received === undefined || interrupted === undefined) {
    reporting.fail(error, statusOf(error));
    if (statusOf(error) === exitStatus.defect) terminal.stderr.line(journal.folder);
    throw error;
  }
  reporting.emit({ type: 'interrupted', signal: received, jobs: jobs.list });
  reporting.end(interrupted);
  return interrupted;
}

/** The engine's own stop is waited for, but not for ever: a host may hang. */
function inTime<T>(running: Promise<T>, reporting: Reporting, { interrupt, say }: Session): Promise<T> {
  interrupt.onFirst = (signal) => reporting.note(say('run.stopping', { signal }));
  return new Promise<T>((resolve, reject) => {
    running.then(resolve, reject);
    interrupt.signal.addEventListener('abort', () => setTimeout(() => reject(interrupt.signal.reason), STOP_MS), { once: true });
  });
}

async function ask(
  prepared: Prepared,
  flags: PlayFlags,
  stored: readonly string[],
  prompter: Prompter,
  session: Session,
): Promise<Answers> {
  const { inventory, extraVars, playbook, playbookVariables } = prepared;
  const choice = { inventory, limit: flags.limit, cwd: session.cwd, extraVars };
  const missing = missingBefore(playbook, {
    ...choice,
    stored,
    playbookVariables,
    includes: includeReader(prepared),
  });
  const plays = playbook.plays.filter((play) => hostsOf(play, choice)?.length !== 0);
  return askVariables({ missing, plays, extraVars, prompter, say: session.say });
}
