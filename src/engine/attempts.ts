import { Unknown } from '../base/value.js';
import type { Task } from '../playbook/tree.js';
import type { Scope } from '../vars/scope.js';
import { holdsAll } from './conditions.js';
import type { Execution } from './execution.js';
import type { HostState } from './host-state.js';
import { taskName } from './names.js';
import { runOnce } from './once.js';
import { type ModuleRun, runModule } from './run-module.js';
import type { RunningPlay } from './running-play.js';
import { unknown, withLines } from './task-result.js';

/** Runs a module until `until` holds: n + 1 runs in all, `attempts` is their true number (language.md, 8). changed_when and failed_when come first. */
export async function runAttempts(play: RunningPlay, task: Task, host: HostState, scope: Scope, execution: Execution): Promise<ModuleRun> {
  const retrying = task.until.length > 0 || task.retries !== null;
  const retries = retrying ? Number(task.retries === null ? 3 : scope.render(task.retries)) : 0;
  const delay = Number(task.delay === null ? 5 : scope.render(task.delay));
  for (let attempt = 1; ; attempt++) {
    const run = () => runModule(execution.module, execution.args, execution.environment);
    const raw = task.once ? await runOnce(play, task.once, host, scope, execution, run) : await run();
    if (raw.status !== 'failed') for (const settle of execution.deferred.splice(0)) await settle();
    const judged = judge(task, scope, raw);
    const result: ModuleRun =
      retrying && judged.status !== 'skipped' ? { ...judged, result: { ...judged.result, attempts: attempt } } : judged;
    if (!retrying || result.unknown !== undefined || result.status === 'skipped') return result;
    const done = task.until.length > 0 ? holdsAll(task.until, registeredScope(task, scope, result)) : result.status !== 'failed';
    if (done === true || typeof done === 'object') return result;
    if (attempt > retries) {
      return {
        ...result,
        status: 'failed',
        message: result.message ?? `not so after ${attempt} attempts`,
        result: { ...result.result, failed: true },
      };
    }
    play.context.emit({ type: 'retry', task: taskName(play, task, host), host: host.name, attempt, left: retries - attempt + 1 });
    await play.context.clock.sleep(delay * 1000, execution.signal);
    execution.refresh();
  }
}

/** failed_when and changed_when override the module's verdict both ways; not for a skipped task. */
function judge(task: Task, scope: Scope, run: ModuleRun): ModuleRun {
  if (run.status === 'skipped') return run;
  if (run.unknown !== undefined) return judgeUnknown(task, scope, run, run.unknown);
  const withText: ModuleRun = { ...run, result: withLines({ failed: run.status === 'failed', ...run.result }) };
  if (task.changedWhen.length === 0 && task.failedWhen.length === 0) return withText;
  const inner = registeredScope(task, scope, withText);
  let { status, result } = withText;
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
    status === 'failed' ? (withText.message ?? `failed_when: ${task.failedWhen.map((each) => each.text).join(' && ')}`) : undefined;
  const { message: _before, ...rest } = withText;
  return { ...rest, status, result, ...(message !== undefined && { message }) };
}

function registeredScope(task: Task, scope: Scope, run: ModuleRun): Scope {
  const name = task.register;
  return name === undefined ? scope : scope.with({ level: 'magic', values: { [name]: run.result } });
}

/** Check mode: what the module would answer is not known, but `changed_when: false` says that it changes nothing whatever it answers. */
function judgeUnknown(task: Task, scope: Scope, run: ModuleRun, reason: string): ModuleRun {
  if (task.changedWhen.length === 0) return run;
  const inner = task.register === undefined ? scope : scope.with({ level: 'magic', values: { [task.register]: new Unknown(reason) } });
  return holdsAll(task.changedWhen, inner) === false ? { ...run, status: 'ok' } : run;
}
