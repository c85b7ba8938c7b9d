import { formatPosition } from '../base/position.js';
import { isMap } from '../base/value.js';
import type { TaskStatus } from '../events/event.js';
import { effectiveKeywords, type Task } from '../playbook/tree.js';
import { warnOfFree } from './free-strategy.js';
import type { HostState } from './host-state.js';
import { type HostOutcome, runOnHost } from './host-task.js';
import { ownName, taskName } from './names.js';
import type { RunningPlay } from './running-play.js';
import type { Section } from './section.js';

/** Modules that are for all hosts together: one pause, one question. As in Ansible not under `strategy: free`. */
const ASKS_ONCE: ReadonlySet<string> = new Set(['pause']);

/** One task on the hosts that are there: side by side, as many as forks (or throttle) allow; answers those that failed. */
export async function runTask(play: RunningPlay, task: Task, hosts: readonly HostState[], section: Section): Promise<Set<HostState>> {
  const { context } = play;
  const [first] = hosts;
  const name = taskName(play, task, first);
  if (!(await context.confirmStep(name))) return new Set();
  const keywords = effectiveKeywords(task);
  const scope = first && context.scope(play, task, first);
  if (scope) warnOfFree(play, keywords, scope, task.position);
  const once =
    play.play.strategy !== 'free' &&
    (ASKS_ONCE.has(task.module) || (keywords.runOnce !== undefined && scope?.render(keywords.runOnce) === true));
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
  const throttle = keywords.throttle === undefined ? 0 : Number(scope?.render(keywords.throttle));
  const failed = new Set<HostState>();
  await context.queue(runners, throttle, async (host) => {
    context.emit({ type: 'host_start', task: name, host: host.name });
    const before = context.traffic(host);
    const started = context.clock.now();
    const outcome = await runOnHost(play, task, host);
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
