import { formatPosition } from '../base/position.js';
import { isMap } from '../base/value.js';
import type { TaskStatus } from '../events/event.js';
import { effectiveKeywords, type Task } from '../playbook/tree.js';
import { errorResult } from './error-result.js';
import { warnOfFree } from './free-strategy.js';
import type { HostState } from './host-state.js';
import { type HostOutcome, outcomeOf, runOnHost } from './host-task.js';
import { ownName, taskName } from './names.js';
import { NotKnown } from './not-known.js';
import { numberOf } from './numbers.js';
import type { RunningPlay } from './running-play.js';
import type { Section } from './section.js';
import { truthOr } from './truth.js';

/** One task on the hosts that are there: side by side, as many as forks (or throttle) allow; answers those that failed. */
export async function runTask(play: RunningPlay, task: Task, hosts: readonly HostState[], section: Section): Promise<Set<HostState>> {
  const { context } = play;
  const [first] = hosts;
  const name = taskName(play, task, first);
  if (!(await context.confirmStep(name))) return new Set();
  const { once, throttle, broken } = manner(play, task, first);
  const runners = once && first ? [first] : hosts;
  context.emit({
    type: 'task_start',
    play: play.name,
    task: name,
    module: task.module,
    position: formatPosition(task.position),
    handler: task.isHandler,
    hosts: runners.map((host) => host.name),
  });
  const failed = new Set<HostState>();
  await context.queue(runners, throttle, async (host) => {
    context.emit({ type: 'host_start', task: name, host: host.name });
    const before = context.traffic(host);
    const started = context.clock.now();
    const outcome = broken ?? (await runOnHost(play, task, host));
    settle(play, task, host, outcome, failed);
    const status = reportedStatus(outcome, section);
    const after = context.traffic(host);
    context.emit({
      type: 'task_result',
      play: play.name,
      task: name,
      module: task.module,
      host: host.name,
      status,
      handler: task.isHandler,
      position: formatPosition(task.position),
      duration: context.clock.now() - started,
      roundTrips: after - before,
      ...(outcome.noLog ? hiddenChange(outcome) : { result: outcome.registered }),
      ...(outcome.diff && !outcome.noLog && { diff: outcome.diff }),
      ...(outcome.message !== undefined && { message: outcome.noLog ? 'hidden, since no_log is set' : outcome.message }),
      ...(outcome.warnings && !outcome.noLog && { warnings: outcome.warnings }),
      ...(outcome.delegatedTo !== undefined && { delegatedTo: outcome.delegatedTo }),
    });
    if (once) shareOutcome(play, task, host, outcome);
  });
  return failed;
}

interface Manner {
  /** run_once. */
  readonly once: boolean;
  readonly throttle: number;
  /** It cannot be told how the task is to be run: that is its failure, on every host. */
  readonly broken?: HostOutcome;
}

/** How a task is gone about, as its keywords say for the first host. */
function manner(play: RunningPlay, task: Task, first: HostState | undefined): Manner {
  if (!first) return { once: false, throttle: 0 };
  const keywords = effectiveKeywords(task);
  try {
    const scope = play.context.scope(play, task, first);
    warnOfFree(play, keywords, scope, task.position);
    const module = play.context.modules.get(task.module);
    const bypassesHosts = module?.kind === 'control' && module.bypassesHosts === true;
    const once = play.play.strategy !== 'free' && (bypassesHosts || truthOr(false, 'run_once', keywords.runOnce, scope));
    return { once, throttle: numberOf('throttle', keywords.throttle, scope) };
  } catch (error) {
    if (error instanceof NotKnown) return { once: false, throttle: 0 };
    const broken = outcomeOf(errorResult(error, play.context.signal));
    return { once: false, throttle: 0, broken };
  }
}

/** What the outcome does to the host: register, notifications, failure. Set even when the task failed or was skipped; not when unreachable. */
function settle(play: RunningPlay, task: Task, host: HostState, outcome: HostOutcome, failed: Set<HostState>): void {
  if (outcome.status === 'unreachable' && !outcome.ignored) {
    host.unreachable = true;
    return;
  }
  if (task.register !== undefined) {
    play.context.secrets.learn(task.register, outcome.registered);
    host.setFacts[task.register] = outcome.registered;
  }
  if (outcome.status === 'changed') for (const name of outcome.notify) play.handlers.notify(host, name, task);
  if (outcome.status === 'failed' && !outcome.ignored) {
    host.setFacts.ansible_failed_task = { name: ownName(play, task, host), action: task.module };
    host.setFacts.ansible_failed_result = outcome.registered;
    failed.add(host);
  }
}

/** What the recap needs of a result that no_log hides. */
function hiddenChange({ ignored, registered }: HostOutcome): { changed?: boolean } {
  return ignored && isMap(registered) ? { changed: registered.changed === true } : {};
}

function reportedStatus(outcome: HostOutcome, section: Section): TaskStatus {
  if (outcome.ignored) return 'ignored';
  if (outcome.status === 'failed') return section.rescuable ? 'rescued' : 'failed';
  return outcome.status;
}

/** run_once: the result of the first host is that of all. */
function shareOutcome(play: RunningPlay, task: Task, from: HostState, outcome: HostOutcome): void {
  for (const host of play.batch) {
    if (host === from || !host.active) continue;
    if (task.register !== undefined) host.setFacts[task.register] = outcome.registered;
    Object.assign(host.setFacts, outcome.factsSet);
    Object.assign(host.includedVariables, outcome.variablesSet);
  }
}
