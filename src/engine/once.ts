import { Secret } from '../base/secret.js';
import { unknownIn, type Value } from '../base/value.js';
import type { HostPort } from '../host/port.js';
import type { Once } from '../playbook/tree.js';
import type { Scope } from '../vars/scope.js';
import type { Execution } from './execution.js';
import type { HostState } from './host-state.js';
import { NotKnown } from './not-known.js';
import type { ModuleRun } from './run-module.js';
import type { RunningPlay } from './running-play.js';
import { failed } from './task-result.js';

const folder = '/var/lib/chatsctl/once';
const jobs = '/var/lib/chatsctl/jobs';

/**
 * A step that must not be repeated: done when the store holds its value and the host its marker (language.md, 18).
 * Both: ok, not run. Neither: it runs, and both are written on success, the store first. One alone: failed, with the two ways out.
 */
export async function runOnce(
  play: RunningPlay,
  once: Once,
  host: HostState,
  scope: Scope,
  execution: Execution,
  run: () => Promise<ModuleRun>,
): Promise<ModuleRun> {
  const id = String(known(scope.render(once.id)));
  const wanted = once.value === undefined ? undefined : known(scope.render(once.value));
  const { store } = play.context;
  const port = await execution.environment.port();
  if (play.context.options.forget.includes(id) && !execution.environment.checkMode) {
    await port.apply([{ kind: 'remove', path: `${folder}/${id}`, recurse: false }]);
  }
  const forgotten = play.context.options.forget.includes(id);
  const read = await execution.environment.read();
  const job = jobOf(execution);
  const there = async (path: string) => (await read.stat(path)) !== undefined;
  const [marker, jobLeft, jobDone] = await Promise.all([
    there(`${folder}/${id}`),
    job !== undefined && there(job),
    job !== undefined && there(`${job}/collected`),
  ]);
  const marked = !forgotten && marker;
  const kept = once.store === undefined ? marked : holds(store.get(once.store), wanted);
  if (marked && kept) {
    // Killed between the marker and the job's end of life.
    if (job !== undefined && jobDone && !execution.environment.checkMode) await port.apply([{ kind: 'remove', path: job, recurse: true }]);
    return { status: 'ok', result: { changed: false, once: id, msg: `done already: ${id}` } };
  }
  // Killed between the store and the marker: the job that succeeded is still there, and is collected again instead of run again.
  const unsettled = kept && !marked && jobLeft;
  if (marked !== kept && !forgotten && !unsettled && once.store !== undefined)
    return disagreement(id, once.store, marked, wanted !== undefined, host);
  if (!execution.environment.checkMode) await proveWritable(port, id);
  const result = await run();
  if (result.status === 'failed' || result.status === 'skipped' || result.unknown !== undefined || execution.environment.checkMode)
    return result;
  if (once.store !== undefined && wanted !== undefined) await store.set(once.store, new Secret(String(wanted)));
  if (once.store !== undefined && store.get(once.store) === undefined) {
    return failed(`"${once.store}" was not stored by this step, so it cannot count as done`, { once: id });
  }
  await port.apply([
    { kind: 'mkdir', path: folder, attributes: { mode: 0o700 } },
    {
      kind: 'write',
      path: `${folder}/${id}`,
      content: Buffer.from(`${new Date(play.context.clock.now()).toISOString()}\n`),
      attributes: { mode: 0o600 },
    },
  ]);
  return result;
}

/** A step without its marker would be one that nobody knows to be done: it does not begin where the marker could not be written. */
async function proveWritable(port: HostPort, id: string): Promise<void> {
  const path = `${folder}/.${id}`;
  await port.apply([
    { kind: 'mkdir', path: folder, attributes: { mode: 0o700 } },
    { kind: 'write', path, content: Buffer.from(`${id}\n`), attributes: { mode: 0o600 } },
    { kind: 'remove', path, recurse: false },
  ]);
}

/** The folder of the step's dialogue. */
function jobOf({ module, args }: Execution): string | undefined {
  return module.name === 'expect' && typeof args.id === 'string' ? `${jobs}/${args.id}` : undefined;
}

function known(value: Value): Value {
  const unknown = unknownIn(value);
  if (unknown) throw new NotKnown(unknown.reason);
  return value;
}

function holds(stored: Secret | undefined, wanted: Value | undefined): boolean {
  if (!stored) return false;
  return wanted === undefined || stored.reveal() === String(wanted);
}

function disagreement(id: string, store: string, marked: boolean, compared: boolean, host: HostState): ModuleRun {
  const found = marked
    ? `the host holds the marker of "${id}", but the store has ${compared ? 'not the same' : 'no'} value of "${store}"`
    : `the store holds "${store}", but ${host.name} has no marker that "${id}" was done there`;
  const ways = `If it was done: "chatsctl secrets set ${store}" keeps its value${marked ? '' : `, and "touch ${folder}/${id}" on the host marks it`}. If it must run (again): play with "--forget ${id}".`;
  return failed(`one-way step: ${found}. ${ways}`, { once: id, marker: marked, stored: !marked });
}
