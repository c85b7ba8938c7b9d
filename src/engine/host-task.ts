import { isList, isMap, Unknown, type Value, type ValueMap } from '../base/value.js';
import type { DiffPart } from '../events/event.js';
import { effectiveKeywords, type Task } from '../playbook/tree.js';
import type { Scope } from '../vars/scope.js';
import { runAttempts } from './attempts.js';
import { falseCondition, holdsAll } from './conditions.js';
import { errorResult } from './error-result.js';
import { type Execution, prepareExecution } from './execution.js';
import type { HostState } from './host-state.js';
import { runLoop } from './loop-run.js';
import type { ModuleRun } from './run-module.js';
import type { RunningPlay } from './running-play.js';
import { type ItemResult, skipped, unknown } from './task-result.js';

/** What became of a task on a host, before the play decides what that means. */
export interface HostOutcome {
  readonly status: ItemResult['status'];
  /** What register holds: the result, or the unknown of check mode. */
  readonly registered: Value;
  /** What set_fact and include_vars set, for the other hosts of a run_once. */
  readonly factsSet: ValueMap;
  readonly variablesSet: ValueMap;
  readonly notify: readonly string[];
  /** Failed with ignore_errors, or unreachable with ignore_unreachable. */
  readonly ignored: boolean;
  readonly noLog: boolean;
  readonly message?: string;
  readonly diff?: readonly DiffPart[];
  readonly warnings?: readonly string[];
  readonly delegatedTo?: string;
}

/** The life of a task on one host: when → loop → render → probe → plan → (check: stop) → apply → register → notify. */
export async function runOnHost(play: RunningPlay, task: Task, host: HostState): Promise<HostOutcome> {
  const { context } = play;
  const keywords = effectiveKeywords(task);
  const scope = context.scope(play, task, host);
  const truth = (value: typeof keywords.noLog): boolean => value !== undefined && scope.render(value) === true;
  let execution: Execution | undefined;
  let run: ModuleRun;
  const ran: Scope[] = [];
  const notify = new Set<string>();
  const factsSet: Record<string, Value> = {};
  const variablesSet: Record<string, Value> = {};
  let noLog = false;
  try {
    noLog = truth(keywords.noLog);
    const one = async (itemScope: Scope): Promise<ModuleRun> => {
      const held = holdsAll(keywords.when, itemScope);
      if (held === false) return skipped('Conditional result was False', falseCondition(keywords.when, itemScope));
      if (typeof held === 'object') return unknown(held.unknown);
      execution = prepareExecution(play, task, host, itemScope, keywords);
      const result = await runAttempts(play, task, host, itemScope, execution);
      Object.assign(factsSet, execution.effects.facts);
      Object.assign(variablesSet, execution.effects.variables);
      ran.push(itemScope);
      return execution.delegatedTo === undefined ? result : { ...result, delegatedTo: execution.delegatedTo };
    };
    run = task.loop ? await runLoop({ play, task, host, scope, noLog, loop: task.loop, one }) : await one(scope);
    // As in Ansible: each item that ran notifies as soon as one of them changed something.
    if (run.status === 'changed') {
      for (const itemScope of ran) for (const each of keywords.notify) for (const name of namesOf(itemScope.render(each))) notify.add(name);
    }
  } catch (error) {
    run = errorResult(error, context.signal);
  }
  const ignoring = run.status === 'failed' ? keywords.ignoreErrors : run.status === 'unreachable' ? keywords.ignoreUnreachable : undefined;
  return {
    status: run.status,
    registered: run.unknown !== undefined ? new Unknown(run.unknown) : run.result,
    factsSet,
    variablesSet,
    notify: [...notify],
    ignored: safely(() => truth(ignoring)),
    noLog,
    ...(run.message !== undefined && { message: run.message }),
    ...(run.diff && { diff: run.diff }),
    ...(run.warnings && { warnings: run.warnings }),
    ...(execution?.delegatedTo !== undefined && { delegatedTo: execution.delegatedTo }),
  };
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
