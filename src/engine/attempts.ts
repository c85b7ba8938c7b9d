import { Unknown } from '../base/value.js';
import type { Task } from '../playbook/tree.js';
import type { Scope } from '../vars/scope.js';
import { holdsAll } from './conditions.js';
import { errorResult } from './error-result.js';
import type { Execution } from './execution.js';
import type { HostState } from './host-state.js';
import { taskName } from './names.js';
import { numberOf } from './numbers.js';
import { runOnce } from './once.js';
import { type ModuleRun, runModule } from './run-module.js';
import type { RunningPlay } from './running-play.js';
import { unknown, withLines } from './task-result.js';

/** Runs a module until `until` holds: n + 1 runs in all, `attempts` is their true number (language.md, 8). changed_when and failed_when come first. */
export async function runAttempts(play: RunningPlay, task: Task, host: HostState, scope: Scope, execution: Execution): Promise<ModuleRun> {
  const { context } = play;
  const retrying = task.until.length > 0 || task.retries !== null;
  const retries = retrying ? numberOf('retries', task.retries, scope, 3) : 0;
  const delay = numberOf('delay', task.delay, scope, 5);
  for (let attempt = 1; ; attempt++) {
    const run = () => execution.attempt(() => runModule(execution.module, execution.args, execution.environment));
    const raw = task.once ? await runOnce(play, task.once, host, scope, execution, run) : await run();
    if (raw.status !== 'failed') for (const settle of execution.deferred.splice(0)) await settle();
    execution.learn(raw.result);
    // The conditions on the result may ask how often it was tried.
    const counted = retrying && raw.status !== 'skipped' ? { ...raw, result: { ...raw.result, attempts: attempt } } : raw;
    const result = judge(task, scope, counted, context.signal);
    if (!retrying || result.unknown !== undefined || result.status === 'skipped') return result;
    const settled = settlement(task, scope, result, context.signal);
    if (typeof settled === 'object') return settled;
    if (settled) return result;
    // As in Ansible, failed_when has the last word.
    if (attempt > retries && task.failedWhen.length > 0) return result;
    if (attempt > retries) {
      const message = result.message ?? `not so after ${attempt} attempts`;
      return { ...result, status: 'failed', message, result: { msg: message, ...result.result, failed: true } };
    }
    context.emit({ type: 'retry', task: taskName(play, task, host), host: host.name, attempt, left: retries - attempt + 1 });
    await context.clock.sleep(delay * 1000, context.signal);
  }
}

/** Whether it is enough: `until` holds (or, without it, the task did not fail); a result where the condition itself fails. */
function settlement(task: Task, scope: Scope, run: ModuleRun, signal: AbortSignal): boolean | ModuleRun {
  if (task.until.length === 0) return run.status !== 'failed';
  try {
    return holdsAll(task.until, registeredScope(task, scope, run)) !== false;
  } catch (error) {
    return withError(run, error, signal);
  }
}

/** failed_when and changed_when override the module's verdict both ways; not for a skipped task. */
function judge(task: Task, scope: Scope, run: ModuleRun, signal: AbortSignal): ModuleRun {
  if (run.status === 'skipped') return run;
  if (run.unknown !== undefined) return judgeUnknown(task, scope, run, run.unknown);
  const withText: ModuleRun = { ...run, result: withLines({ failed: run.status === 'failed', ...run.result }) };
  if (task.changedWhen.length === 0 && task.failedWhen.length === 0) return withText;
  try {
    return overridden(task, scope, withText);
  } catch (error) {
    return withError(withText, error, signal);
  }
}

function overridden(task: Task, scope: Scope, run: ModuleRun): ModuleRun {
  const inner = registeredScope(task, scope, run);
  let { status, result } = run;
  if (task.changedWhen.length > 0) {
    const changed = holdsAll(task.changedWhen, inner);
    if (typeof changed === 'object') return unknown(changed.unknown);
    result = { ...result, changed };
    if (status !== 'failed') status = changed ? 'changed' : 'ok';
  }
  if (task.failedWhen.length > 0) {
    const failed = holdsAll(task.failedWhen, inner);
    if (typeof failed === 'object') return unknown(failed.unknown);
    result = { ...result, failed, failed_when_result: failed };
    status = failed ? 'failed' : result.changed === true ? 'changed' : 'ok';
  }
  const message =
    status === 'failed' ? (run.message ?? `failed_when: ${task.failedWhen.map((each) => each.text).join(' && ')}`) : undefined;
  const { message: _before, ...rest } = run;
  return { ...rest, status, result, ...(message !== undefined && { message }) };
}

/** What cannot be evaluated after the module ran (a condition on its result, a notification) fails the task; what the module did is still told. */
export function withError(run: ModuleRun, error: unknown, signal: AbortSignal): ModuleRun {
  const { result, ...failure } = errorResult(error, signal);
  return { ...run, ...failure, result: { ...run.result, ...result, changed: run.result.changed ?? false } };
}

/** The variables with the result under its registered name, as the conditions on it see them. */
export function registeredScope(task: Task, scope: Scope, run: ModuleRun): Scope {
  const name = task.register;
  return name === undefined ? scope : scope.with({ level: 'magic', values: { [name]: run.result } });
}

/** Check mode: what the module would answer is not known, but `changed_when: false` says that it changes nothing whatever it answers. */
function judgeUnknown(task: Task, scope: Scope, run: ModuleRun, reason: string): ModuleRun {
  if (task.changedWhen.length === 0) return run;
  const inner = task.register === undefined ? scope : scope.with({ level: 'magic', values: { [task.register]: new Unknown(reason) } });
  return holdsAll(task.changedWhen, inner) === false ? { ...run, status: 'ok' } : run;
}
