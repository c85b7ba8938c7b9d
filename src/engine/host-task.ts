import { ChatsctlError, plainMessage } from '../base/errors.js';
import { isList, isMap, Unknown, type Value, type ValueMap } from '../base/value.js';
import type { DiffPart } from '../events/event.js';
import { type EffectiveKeywords, effectiveKeywords, type Task } from '../playbook/tree.js';
import type { Scope } from '../vars/scope.js';
import { runAttempts, withError } from './attempts.js';
import { falseCondition, holdsAll } from './conditions.js';
import { errorResult } from './error-result.js';
import { type Execution, prepareExecution } from './execution.js';
import type { HostState } from './host-state.js';
import { runLoop } from './loop-run.js';
import type { ModuleRun } from './run-module.js';
import type { RunningPlay } from './running-play.js';
import { type ItemResult, skipped, unknown } from './task-result.js';
import { truthOr } from './truth.js';

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
  let scope: Scope | undefined;
  let execution: Execution | undefined;
  let run: ModuleRun;
  const ran: Scope[] = [];
  const notify = new Set<string>();
  const factsSet: Record<string, Value> = {};
  const variablesSet: Record<string, Value> = {};
  let noLog = false;
  try {
    scope = context.scope(play, task, host);
    noLog = truthOr(true, 'no_log', keywords.noLog, scope);
    // What decides on others is checked before anything is done.
    truthOr(true, 'any_errors_fatal', keywords.anyErrorsFatal, scope);
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
      run = notifying(run, context.signal, () => {
        for (const itemScope of ran)
          for (const each of keywords.notify)
            for (const name of namesOf(itemScope.render(each))) {
              play.handlers.demand(host, name, task);
              notify.add(name);
            }
      });
    }
  } catch (error) {
    run = errorResult(error, context.signal);
  }
  const { ignored, warnings } = scope ? ignoredBy(keywords, run, scope) : { ignored: false, warnings: [] };
  const outcome = outcomeOf(warnings.length > 0 ? { ...run, warnings: [...(run.warnings ?? []), ...warnings] } : run);
  return {
    ...outcome,
    factsSet,
    variablesSet,
    notify: [...notify],
    ignored,
    noLog,
    ...(execution?.delegatedTo !== undefined && { delegatedTo: execution.delegatedTo }),
  };
}

/** An outcome that sets nothing and notifies nobody: also that of a task that could not begin. */
export function outcomeOf({ status, result, unknown: reason, message, diff, warnings }: ModuleRun): HostOutcome {
  return {
    status,
    registered: reason === undefined ? result : new Unknown(reason),
    factsSet: {},
    variablesSet: {},
    notify: [],
    ignored: false,
    noLog: false,
    ...(message !== undefined && { message }),
    ...(diff && { diff }),
    ...(warnings && { warnings }),
  };
}

/** ignore_errors and ignore_unreachable; where they cannot be told nothing is ignored, and a warning says why. */
function ignoredBy(keywords: EffectiveKeywords, { status }: ModuleRun, scope: Scope): { ignored: boolean; warnings: string[] } {
  if (status !== 'failed' && status !== 'unreachable') return { ignored: false, warnings: [] };
  const [keyword, written] =
    status === 'failed'
      ? (['ignore_errors', keywords.ignoreErrors] as const)
      : (['ignore_unreachable', keywords.ignoreUnreachable] as const);
  try {
    return { ignored: truthOr(false, keyword, written, scope), warnings: [] };
  } catch (error) {
    if (!(error instanceof ChatsctlError)) throw error;
    return { ignored: false, warnings: error.diagnostics.map((each) => plainMessage(each)) };
  }
}

/** A notification that leads nowhere fails the task; what it did is still told. */
function notifying(run: ModuleRun, signal: AbortSignal, notify: () => void): ModuleRun {
  try {
    notify();
    return run;
  } catch (error) {
    return withError(run, error, signal);
  }
}

/** What check mode does not know is not notified. */
function namesOf(value: Value): string[] {
  if (isList(value)) return value.flatMap(namesOf);
  return isMap(value) || value === null || value instanceof Unknown ? [] : [String(value)];
}
