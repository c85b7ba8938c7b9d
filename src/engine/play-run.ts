import { failure } from '../base/errors.js';
import type { Value } from '../base/value.js';
import {
  type Block,
  chainOf,
  effectiveKeywords,
  type Include,
  type Item,
  type Level,
  type Play,
  type RoleInstance,
  type Task,
} from '../playbook/tree.js';
import type { FindingInput } from '../sdk/control-context.js';
import type { RunContext } from './context.js';
import { Handlers } from './handlers.js';
import type { HostState } from './host-state.js';
import { type IncludeGroups, resolveInclude } from './includes.js';
import { StopRun } from './stop.js';
import { runTask } from './task.js';
import { type Section, walk } from './walk.js';

/** One batch of one play: gather facts; pre_tasks; handlers; roles; tasks; handlers; post_tasks; handlers (language.md, 1). */
export class PlayRun {
  readonly handlers: Handlers;
  /** Registered and set once for all hosts of the batch by `run_once`. */
  readonly batch: readonly HostState[];
  /** Blocks of included roles, so that each is read once. */
  readonly included = new Map<string, Block>();

  constructor(
    readonly context: RunContext,
    readonly play: Play,
    readonly name: string,
    batch: readonly HostState[],
    /** All hosts that the play was aimed at, failed ones too. */
    readonly allHosts: readonly HostState[],
  ) {
    this.batch = batch;
    this.handlers = new Handlers(this, play.handlers);
  }

  async run(): Promise<void> {
    try {
      await this.sections();
    } finally {
      this.reportPendingHandlers();
    }
  }

  private async sections(): Promise<void> {
    const { play } = this;
    await this.section(await this.context.factTasks(this), { flush: false });
    await this.section(play.preTasks, { flush: true });
    await this.section(play.roles, { flush: false });
    await this.section(play.tasks, { flush: true });
    await this.section(play.postTasks, { flush: true });
  }

  private async section(items: readonly Item[], { flush }: { flush: boolean }): Promise<void> {
    const selected = this.context.select(items);
    const hosts = this.batch.filter((host) => host.active);
    if (this.play.strategy === 'free') await Promise.all(hosts.map((host) => this.walkSection(selected, [host])));
    else await this.walkSection(selected, hosts);
    if (flush) await this.flushAll();
  }

  private async walkSection(items: readonly Item[], hosts: readonly HostState[]): Promise<void> {
    const failed = await walk(this, items, hosts, { rescuable: false });
    for (const host of await this.judgeFindings(
      hosts.filter((each) => each.active && !failed.has(each)),
      this.play,
    ))
      failed.add(host);
    this.fail(failed);
  }

  private async flushAll(): Promise<void> {
    const force = this.context.options.forceHandlers || this.context.render(this.play.forceHandlers, this.play, this.batch[0]) === true;
    const hosts = this.batch.filter((host) => !host.unreachable && !host.ended && (host.active || force));
    this.fail(await this.handlers.flush(hosts));
  }

  /** meta: flush_handlers. */
  flushHandlers(hosts: readonly HostState[], task: Task): Promise<Set<HostState>> {
    return this.context.whenHolds(task, hosts, (held) => this.handlers.flush(held));
  }

  runTask(task: Task, hosts: readonly HostState[], section: Section): Promise<Set<HostState>> {
    return runTask(this, task, hosts, section);
  }

  resolveInclude(include: Include, hosts: readonly HostState[], section: Section): Promise<IncludeGroups> {
    return resolveInclude(this, include, hosts, section);
  }

  /** Unmet fatal findings fail their host, all of them named, when the role or section that recorded them ends. */
  async judgeFindings(hosts: readonly HostState[], level: Level): Promise<Set<HostState>> {
    const failed = new Set<HostState>();
    for (const host of hosts) {
      const unmet = this.context.findings.judge(host.name);
      if (unmet.length === 0) continue;
      const named = unmet.map((each) => `${each.clause}: ${each.title} (found ${each.found}, needed ${each.needed})`);
      this.context.emitFailure(
        this,
        host,
        'judge findings',
        `${unmet.length} unmet: ${named.join('; ')}`,
        { findings: unmet.map((each) => each.clause) },
        level,
      );
      failed.add(host);
    }
    if (failed.size > 0 && this.mustStopAll(level, failed)) for (const host of hosts) failed.add(host);
    return failed;
  }

  /** any_errors_fatal and run_once: the failure of one is that of all. */
  mustStopAll(level: Level, failed: ReadonlySet<HostState>): boolean {
    const [first] = failed;
    const keywords = effectiveKeywords(level);
    const fatal = this.context.render(keywords.anyErrorsFatal ?? false, level, first);
    if (fatal === true) this.context.fatal = true;
    return (
      fatal === true || ('kind' in level && level.kind === 'task' && this.context.render(keywords.runOnce ?? false, level, first) === true)
    );
  }

  /** Per batch, when strictly exceeded: Ansible's max_fail_percentage ends the play and the run. */
  checkFailPercentage(failedNow: ReadonlySet<HostState>): void {
    const limit = this.context.render(this.play.maxFailPercentage, this.play, this.batch[0]);
    if (limit === null || limit === undefined) return;
    const percentage = percentOf(limit);
    const failed = this.batch.filter((host) => failedNow.has(host) || host.failed).length;
    if ((failed / this.batch.length) * 100 > percentage) {
      this.fail(failedNow);
      throw new StopRun('max_fail_percentage');
    }
  }

  fail(hosts: ReadonlySet<HostState>): void {
    for (const host of hosts) {
      if (host.failed || host.unreachable) continue;
      host.failed = { task: String(host.setFacts.ansible_failed_task ?? ''), result: {} };
    }
  }

  /** What judged findings fail a host with (`meta: judge_findings`). */
  findingsFailure(unmet: readonly FindingInput[]): Error {
    return failure('task/findings-unmet', { count: unmet.length, names: unmet.map((each) => `${each.clause} ${each.title}`).join('; ') });
  }

  private reportPendingHandlers(): void {
    for (const host of this.batch) {
      const names = this.handlers.pendingNames(host);
      if (names.length > 0) this.context.emit({ type: 'handlers_pending', host: host.name, handlers: names });
    }
  }
}

function percentOf(limit: Value): number {
  const number = typeof limit === 'string' ? Number(limit.replace(/%$/, '')) : limit;
  if (typeof number !== 'number' || Number.isNaN(number)) {
    throw failure('play/keyword-value', { keyword: 'max_fail_percentage', found: JSON.stringify(limit), expected: 'a number' });
  }
  return number;
}

/** The innermost role that a level stands in. */
export function hostRoleOf(level: Level): RoleInstance | undefined {
  return chainOf(level).findLast((each) => each.role)?.role;
}
