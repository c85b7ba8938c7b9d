import { ChatsctlError } from '../base/errors.js';
import { formatPosition } from '../base/position.js';
import { effectiveKeywords, type Loop, type Task } from '../playbook/tree.js';
import type { Scope } from '../vars/scope.js';
import { registeredScope } from './attempts.js';
import { falseCondition, holdsAll } from './conditions.js';
import { errorResult } from './error-result.js';
import type { HostState } from './host-state.js';
import { type LoopItem, loopItems } from './loops.js';
import { taskName } from './names.js';
import { numberOf } from './numbers.js';
import type { ModuleRun } from './run-module.js';
import type { RunningPlay } from './running-play.js';
import { gather, skipped, unknown } from './task-result.js';

interface LoopRun {
  readonly play: RunningPlay;
  readonly task: Task;
  readonly loop: Loop;
  readonly host: HostState;
  readonly scope: Scope;
  readonly noLog: boolean;
  /** The task for one item. */
  readonly one: (scope: Scope) => Promise<ModuleRun>;
}

/**
 * `when` is tested per item, after the loop is evaluated; an error in the loop counts only if the task is not skipped anyway. An item that
 * fails does not stop the others, a lost host does.
 */
export async function runLoop({ play, task, loop, host, scope, noLog, one }: LoopRun): Promise<ModuleRun> {
  const { context } = play;
  const { when } = effectiveKeywords(task);
  let items: LoopItem[] | { unknown: string };
  try {
    items = await loopItems(context, task, loop, scope);
  } catch (error) {
    if (!(error instanceof ChatsctlError) || holdsAll(when, scope) !== false) throw error;
    return skipped('Conditional result was False', falseCondition(when, scope));
  }
  if (!Array.isArray(items)) return unknown(items.unknown);
  const runs: ModuleRun[] = [];
  const pause = numberOf('pause', loop.pause, scope);
  for (const item of items) {
    const itemScope = scope.with({ level: 'magic', values: item.variables });
    const run = await attempted(() => one(itemScope), context.signal);
    const result = { ...run.result, ...item.variables };
    runs.push({ ...run, result });
    context.emit({
      type: 'item_result',
      task: taskName(play, task, host),
      module: task.module,
      host: host.name,
      position: formatPosition(task.position),
      item: noLog ? '(hidden)' : item.label(itemScope),
      status: run.status,
      ...(!noLog && { result }),
      ...(run.diff && !noLog && { diff: run.diff }),
      ...(run.message !== undefined && !noLog && { message: run.message }),
      ...(run.delegatedTo !== undefined && { delegatedTo: run.delegatedTo }),
    });
    if (run.status === 'unreachable') break;
    if (loop.breakWhen.length > 0 && holdsAll(loop.breakWhen, registeredScope(task, itemScope, run)) === true) break;
    if (pause > 0 && item !== items.at(-1)) await context.clock.sleep(pause * 1000, context.signal);
  }
  const warnings = runs.flatMap((each) => each.warnings ?? []);
  return { ...gather(runs), ...(warnings.length > 0 && { warnings }) };
}

async function attempted(run: () => Promise<ModuleRun>, signal: AbortSignal): Promise<ModuleRun> {
  try {
    return await run();
  } catch (error) {
    return errorResult(error, signal);
  }
}
