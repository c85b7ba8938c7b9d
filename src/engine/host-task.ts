import { catalog } from '../base/catalog/index.js';
import { ChatsctlError, plainMessage } from '../base/errors.js';
import { formatPosition } from '../base/position.js';
import { isList, isMap, Unknown, type Value, type ValueMap } from '../base/value.js';
import type { DiffPart, TaskStatus } from '../events/event.js';
import { effectiveKeywords, type Task } from '../playbook/tree.js';
import type { Scope } from '../vars/scope.js';
import { runAttempts } from './attempts.js';
import { holdsAll } from './conditions.js';
import { type Execution, prepareExecution } from './execution.js';
import type { HostState } from './host-state.js';
import { type LoopItem, loopItems } from './loops.js';
import { taskName } from './names.js';
import type { RunningPlay } from './running-play.js';
import { failed, gather, type ItemResult, skipped, unknown } from './task-result.js';

/** What became of a task on a host, before the play decides what that means. */
export interface HostOutcome {
  readonly status: ItemResult['status'];
  /** What register holds: the result, or the unknown of check mode. */
  readonly registered: Value;
  readonly factsSet: ValueMap;
  readonly notify: readonly string[];
  readonly ignoreErrors: boolean;
  readonly ignoreUnreachable: boolean;
  readonly noLog: boolean;
  readonly message?: string;
  readonly diff?: readonly DiffPart[];
  readonly warnings?: readonly string[];
  readonly delegatedTo?: string;
}

interface Run extends ItemResult {
  readonly diff?: readonly DiffPart[];
  readonly warnings?: readonly string[];
}

/** The life of a task on one host: when → loop → render → probe → plan → (check: stop) → apply → register → notify. */
export async function runOnHost(play: RunningPlay, task: Task, host: HostState): Promise<HostOutcome> {
  const { context } = play;
  const keywords = effectiveKeywords(task);
  const scope = context.scope(play, task, host);
  const truth = (value: typeof keywords.noLog): boolean => value !== undefined && scope.render(value) === true;
  let execution: Execution | undefined;
  let run: Run;
  const notify = new Set<string>();
  const factsSet: Record<string, Value> = {};
  let noLog = false;
  try {
    noLog = truth(keywords.noLog);
    const one = async (itemScope: Scope): Promise<Run> => {
      const held = holdsAll(keywords.when, itemScope);
      if (held === false) return skipped('Conditional result was False', falseCondition(task, itemScope));
      if (typeof held === 'object') return unknown(held.unknown);
      execution = prepareExecution(play, task, host, itemScope, keywords);
      const result = await runAttempts(play, task, host, itemScope, execution);
      Object.assign(factsSet, execution.factsSet);
      if (result.status === 'changed')
        for (const each of keywords.notify) for (const name of namesOf(itemScope.render(each))) notify.add(name);
      return result;
    };
    run = task.loop ? await runLoop(play, task, host, scope, noLog, one) : await one(scope);
  } catch (error) {
    run = asResult(error, context.signal);
  }
  const registered = run.unknown !== undefined ? new Unknown(run.unknown) : run.result;
  return {
    status: run.status,
    registered,
    factsSet,
    notify: [...notify],
    ignoreErrors: run.status === 'failed' && safely(() => truth(keywords.ignoreErrors)),
    ignoreUnreachable: run.status === 'unreachable' && safely(() => truth(keywords.ignoreUnreachable)),
    noLog,
    ...(run.message !== undefined && { message: run.message }),
    ...(run.diff && { diff: run.diff }),
    ...(run.warnings && { warnings: run.warnings }),
    ...(execution?.delegatedTo !== undefined && { delegatedTo: execution.delegatedTo }),
  };
}

/** `when` is tested per item, after the loop is evaluated; an error in the loop counts only if the task is not skipped anyway. */
async function runLoop(
  play: RunningPlay,
  task: Task,
  host: HostState,
  scope: Scope,
  noLog: boolean,
  one: (scope: Scope) => Promise<Run>,
): Promise<Run> {
  const { loop } = task;
  if (!loop) throw new Error('not a loop');
  let items: LoopItem[] | { unknown: string };
  try {
    items = await loopItems(play.context, task, loop, scope);
  } catch (error) {
    const held = error instanceof ChatsctlError ? holdsAll(effectiveKeywords(task).when, scope) : true;
    if (held === false) return skipped('Conditional result was False', falseCondition(task, scope));
    throw error;
  }
  if (!Array.isArray(items)) return unknown(items.unknown);
  const runs: Run[] = [];
  const pause = Number(loop.pause === null ? 0 : scope.render(loop.pause));
  for (const item of items) {
    const itemScope = scope.with({ level: 'magic', values: item.variables });
    const run = await one(itemScope);
    const result = { ...run.result, [loop.loopVar]: item.value, ansible_loop_var: loop.loopVar };
    runs.push({ ...run, result });
    const status: TaskStatus = run.status;
    play.context.emit({
      type: 'item_result',
      task: taskName(play, task, host),
      host: host.name,
      item: noLog ? '(hidden)' : item.label(itemScope),
      status,
      ...(!noLog && { result }),
      ...(run.diff && !noLog && { diff: run.diff }),
      ...(run.message !== undefined && !noLog && { message: run.message }),
    });
    if (run.status === 'unreachable') break;
    if (loop.breakWhen.length > 0 && holdsAll(loop.breakWhen, itemScope) === true) break;
    if (pause > 0 && item !== items.at(-1)) await play.context.clock.sleep(pause * 1000, play.context.signal);
  }
  const gathered = gather(runs);
  const warnings = runs.flatMap((each) => each.warnings ?? []);
  const message = gathered.message;
  return { ...gathered, ...(message !== undefined && { message }), ...(warnings.length > 0 && { warnings }) };
}

/** Errors of the task are its result; a lost or refused host is unreachable; anything else is a defect and goes up. */
export function asResult(error: unknown, signal: AbortSignal): Run {
  if (signal.aborted && error === signal.reason) throw error;
  if (!(error instanceof ChatsctlError)) throw error;
  const [first] = error.diagnostics;
  const message = first.position ? `${plainMessage(first)} (${formatPosition(first.position)})` : plainMessage(first);
  const result: ValueMap = { ...first.params, code: first.code, ...(first.hint !== undefined && { hint: first.hint }) };
  if (catalog[first.code].status === 3) {
    return { status: 'unreachable', message, result: { changed: false, unreachable: true, msg: message, ...result } };
  }
  if (catalog[first.code].status === 6 || catalog[first.code].status === 5) throw error;
  return failed(message, result);
}

function falseCondition(task: Task, scope: Scope): string | undefined {
  return effectiveKeywords(task).when.find((each) => holdsAll([each], scope) === false)?.text;
}

function namesOf(value: Value): string[] {
  return isList(value) ? value.map(String) : isMap(value) || value === null ? [] : [String(value)];
}

function safely(read: () => boolean): boolean {
  try {
    return read();
  } catch {
    return false;
  }
}
