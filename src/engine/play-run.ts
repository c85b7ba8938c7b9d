import { isList, type Value, type ValueMap } from '../base/value.js';
import type { FlushSection } from '../events/pending-handler.js';
import { effectiveKeywords, type Item, type Level, type Play, type RoleInstance, type Variables } from '../playbook/tree.js';
import type { Layer } from '../vars/precedence.js';
import type { RunContext } from './context.js';
import { gatherFacts } from './facts.js';
import { judgement } from './findings.js';
import { warnOfFreePlay } from './free-strategy.js';
import { Handlers } from './handlers.js';
import type { HostState } from './host-state.js';
import { reportFailure } from './report.js';
import { roleOf } from './roles.js';
import type { RunningPlay } from './running-play.js';
import { hostVariables, playScope } from './scopes.js';
import type { Section } from './section.js';
import { walk } from './walk.js';

/** One batch of one play: gather facts; pre_tasks; handlers; roles; tasks; handlers; post_tasks; handlers (language.md, 1). */
export class PlayRun implements RunningPlay {
  readonly handlers: Handlers;
  readonly hostvars: ValueMap;
  /** Roles whose defaults and vars the whole play sees: static ones, and included ones that are public. */
  readonly visibleRoles: RoleInstance[];
  private readonly filesOfVariables = new Map<string, readonly Variables[]>();

  constructor(
    readonly context: RunContext,
    readonly play: Play,
    readonly name: string,
    readonly batch: readonly HostState[],
    /** All hosts that the play was aimed at, failed ones too. */
    readonly allHosts: readonly HostState[],
  ) {
    this.handlers = new Handlers(this, play.handlers);
    this.hostvars = hostVariables(context, this);
    this.visibleRoles = [...play.staticRoles];
  }

  async run(): Promise<void> {
    const owed = new Map(this.batch.map((host) => [host, this.context.carried.of(this.play, host.name).length > 0]));
    try {
      await this.sections();
    } finally {
      for (const host of this.batch) this.tellPending(host, owed.get(host) === true);
    }
  }

  /** What is left, of earlier runs too; where something was owed also that it is not any more. */
  private tellPending(host: HostState, wasOwed: boolean): void {
    const { carried } = this.context;
    const own = this.handlers.pending(host);
    const earlier = carried.of(this.play, host.name).filter(({ handler }) => !own.some((each) => each.handler === handler));
    const handlers = [...earlier, ...own];
    if (handlers.length === 0 && !wasOwed) return;
    this.context.emit({ type: 'handlers_pending', host: host.name, play: this.name, number: carried.number(this.play), handlers });
  }

  private async sections(): Promise<void> {
    const { play, context } = this;
    const preTasks = context.select(play.preTasks);
    const roles = context.select(play.roles);
    const tasks = context.select(play.tasks);
    const postTasks = context.select(play.postTasks);
    // --start-at-task is in a later play.
    if (context.selection.isWaiting) return;
    warnOfFreePlay(this);
    const active = this.batch.filter((host) => host.active);
    if (this.keyword(play.gatherFacts) !== false && active.length > 0) this.settleFacts(active, await gatherFacts(this, active));
    await this.section('pre_tasks', preTasks);
    await this.section('tasks', roles, tasks);
    await this.section('post_tasks', postTasks);
  }

  private settleFacts(hosts: readonly HostState[], failed: ReadonlySet<HostState>): void {
    const lost = hosts.filter((host) => host.unreachable);
    const all = this.mustStopAll(this.play, [...failed, ...lost]);
    const out = all ? hosts.filter((host) => host.active) : [...failed];
    for (const host of out) host.failing = true;
    this.fail(new Set(out));
  }

  private async section(section: FlushSection, ...parts: readonly (readonly Item[])[]): Promise<void> {
    for (const host of this.batch.filter((each) => each.active)) host.at = { section, flush: 0 };
    for (const items of parts) {
      const hosts = this.batch.filter((host) => host.active);
      if (this.play.strategy === 'free') await Promise.all(hosts.map((host) => this.walkSection(items, [host])));
      else await this.walkSection(items, hosts);
    }
    await this.flushAll();
  }

  private async walkSection(items: readonly Item[], hosts: readonly HostState[]): Promise<void> {
    const failed = await walk(this, items, hosts, { rescuable: false });
    const standing = hosts.filter((each) => each.active && !failed.has(each));
    for (const host of this.judgeFindings(standing, this.play, { rescuable: false })) {
      host.failing = true;
      failed.add(host);
    }
    this.fail(failed);
  }

  private async flushAll(): Promise<void> {
    const force = this.context.options.forceHandlers || this.keyword(this.play.forceHandlers) === true;
    const due = this.batch.filter((host) => !host.unreachable && !host.ended && (force || !host.failed));
    const lost = due.filter((host) => host.failed);
    // force_handlers: a failed host takes part in the flush, and in nothing else.
    for (const host of lost) host.failed = false;
    const failed = await this.handlers.flush(due, { rescuable: false }, { isLast: true });
    for (const host of lost) host.failed = true;
    this.fail(failed);
  }

  /** Inventory and group_vars/host_vars, those beside the playbook among them. */
  inventoryLayers(host: string): readonly Layer[] {
    return this.context.ports.inventory.variablesOf(host, this.context.ports.playbookVariables(this.play.path));
  }

  /** `vars_files`: of a list the first that exists. Their names may use what is known of the host. */
  variablesFiles(host: HostState): readonly Variables[] {
    let files = this.filesOfVariables.get(host.name);
    if (!files) {
      const scope = playScope(this.context, this.play, { state: host, layers: this.inventoryLayers(host.name) });
      files = this.play.varsFiles.map((each) => this.firstVariablesFile(scope.render(each)));
      this.filesOfVariables.set(host.name, files);
    }
    return files;
  }

  private firstVariablesFile(names: Value): Variables {
    const candidates = (isList(names) ? names : [names]).map(String);
    const { includes } = this.context.ports;
    for (const [index, name] of candidates.entries()) {
      try {
        return includes.variablesFile(name, this.play);
      } catch (error) {
        if (index === candidates.length - 1) throw error;
      }
    }
    return {};
  }

  /** Unmet fatal findings fail their host, all of them named, when the role or section that recorded them ends. */
  judgeFindings(hosts: readonly HostState[], level: Level, section: Section): Set<HostState> {
    const failed = new Set<HostState>();
    for (const host of hosts) {
      const unmet = this.context.findings.judge(host.name);
      if (unmet.length === 0) continue;
      const role = roleOf(level)?.name;
      const task = role === undefined ? 'judging findings' : `${role} : judging findings`;
      const { message, result: said } = judgement(unmet);
      const result = { changed: false, failed: true, msg: message, ...said };
      reportFailure(this, host, { task, module: 'finding', position: this.play.position, result, message }, section);
      failed.add(host);
    }
    if (failed.size > 0 && this.mustStopAll(level, failed)) for (const host of hosts) failed.add(host);
    return failed;
  }

  /** any_errors_fatal and run_once: the failure of one is that of all. */
  mustStopAll(level: Level, failed: Iterable<HostState>): boolean {
    const [first] = failed;
    if (!first || this.play.strategy === 'free') return false;
    const keywords = effectiveKeywords(level);
    const scope = this.context.scope(this, level, first);
    return [keywords.anyErrorsFatal, keywords.runOnce].some((each) => each !== undefined && scope.render(each) === true);
  }

  /** Whether a failure that nothing rescued ends the run. */
  endsRun(failed: ReadonlySet<HostState>): boolean {
    return failed.size > 0 && this.mustStopAll(this.play, failed);
  }

  /** max_fail_percentage, per batch, when strictly exceeded: all hosts of the batch fail, and so the run ends. */
  failsTooMany(failing: ReadonlySet<HostState>): boolean {
    const limit = this.keyword(this.play.maxFailPercentage);
    if (limit === null || this.play.strategy === 'free') return false;
    const percentage = Number(typeof limit === 'string' ? limit.replace(/%$/, '') : limit);
    const failed = this.batch.filter((host) => failing.has(host) || host.failed).length;
    return (failed / this.batch.length) * 100 > percentage;
  }

  private fail(hosts: ReadonlySet<HostState>): void {
    for (const host of hosts) host.settleFailure();
    if (this.endsRun(hosts)) this.context.fatal = true;
  }

  private keyword(value: Play['serial']): Value {
    return playScope(this.context, this.play).render(value);
  }
}
