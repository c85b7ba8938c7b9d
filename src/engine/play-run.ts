import { ChatsctlError } from '../base/errors.js';
import type { ValueMap } from '../base/value.js';
import type { FlushSection } from '../events/pending-handler.js';
import { selectTags } from '../playbook/tags.js';
import { effectiveKeywords, type Item, type Level, type Play, type RoleInstance, type Variables } from '../playbook/tree.js';
import type { Layer } from '../vars/precedence.js';
import type { Scope } from '../vars/scope.js';
import type { RunContext } from './context.js';
import { errorResult } from './error-result.js';
import { gatherFacts } from './facts.js';
import { judgement } from './findings.js';
import { warnOfFreePlay } from './free-strategy.js';
import { Handlers } from './handlers.js';
import type { HostState } from './host-state.js';
import { numberIn, wrongNumber } from './numbers.js';
import { reportFailure } from './report.js';
import { roleOf } from './roles.js';
import type { RunningPlay } from './running-play.js';
import { hostVariables, playScope } from './scopes.js';
import type { Section } from './section.js';
import { playTruth, truthOr } from './truth.js';
import { VariablesFiles } from './variables-files.js';
import { walk } from './walk.js';

/** One batch of one play: gather facts; pre_tasks; handlers; roles; tasks; handlers; post_tasks; handlers (language.md, 1). */
export class PlayRun implements RunningPlay {
  readonly handlers: Handlers;
  readonly hostvars: ValueMap;
  /** Roles whose defaults and vars the whole play sees: static ones, and included ones that are public. */
  readonly visibleRoles: RoleInstance[];
  private readonly files: VariablesFiles;

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
    this.files = new VariablesFiles({
      written: play.varsFiles,
      scope: (host) => playScope(context, play, { state: host, layers: this.inventoryLayers(host.name) }),
      read: (name) => context.ports.includes.variablesFile(name, play),
    });
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
    const chosen = this.isChosen();
    const [preTasks = [], roles = [], tasks = [], postTasks = []] = [play.preTasks, play.roles, play.tasks, play.postTasks].map((items) => {
      const selected = context.select(items);
      return chosen || selected.some(holdsTasks) ? selected : [];
    });
    // --start-at-task is in a later play.
    if (context.selection.isWaiting) return;
    warnOfFreePlay(this);
    const gathers = chosen && playTruth('gather_facts', play.gatherFacts, this.scope(), play, true);
    const owed = this.batch.some((host) => context.carried.of(play, host.name).length > 0);
    if (gathers || owed || [preTasks, roles, tasks, postTasks].some((items) => items.some(holdsTasks))) await this.begin(gathers);
    await this.section('pre_tasks', preTasks);
    await this.section('tasks', roles, tasks);
    await this.section('post_tasks', postTasks);
  }

  /** Whether the flags choose what a play does by itself: by its tags, `always` where it has none, as in Ansible. */
  private isChosen(): boolean {
    const { tags, skipTags } = this.context.options;
    const own = effectiveKeywords(this.play).tags;
    return selectTags({ only: tags, skip: skipTags })(own.length > 0 ? own : ['always']);
  }

  /** What the play's own keywords say must be in order before anything is contacted; files of variables may have to wait for facts. */
  private async begin(gathers: boolean): Promise<void> {
    this.forcesHandlers();
    this.failsTooMany(new Set());
    this.checkFiles();
    const active = this.batch.filter((host) => host.active);
    if (gathers && active.length > 0) this.settleFacts(active, await gatherFacts(this, active));
    this.files.settled = true;
    this.checkFiles();
  }

  private checkFiles(): void {
    const failed = new Set<HostState>();
    for (const host of this.batch.filter((each) => each.active)) {
      const error = this.files.check(host);
      if (!error) continue;
      const { message, result } = errorResult(error, this.context.signal);
      const { position } = this.play;
      reportFailure(this, host, { task: 'Reading vars_files', module: 'include_vars', position, result, message }, { rescuable: false });
      failed.add(host);
    }
    if (failed.size > 0)
      this.settleFacts(
        this.batch.filter((host) => host.active),
        failed,
      );
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
    const force = this.context.options.forceHandlers || this.forcesHandlers();
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

  variablesFiles(host: HostState): readonly Variables[] {
    return this.files.of(host);
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
    // What cannot be told stops all: it is the failure of the task already.
    return holds(
      () => truthOr(true, 'any_errors_fatal', keywords.anyErrorsFatal, scope) || truthOr(false, 'run_once', keywords.runOnce, scope),
    );
  }

  /** Whether a failure that nothing rescued ends the run. */
  endsRun(failed: ReadonlySet<HostState>): boolean {
    return failed.size > 0 && this.mustStopAll(this.play, failed);
  }

  /** max_fail_percentage, per batch, when strictly exceeded: all hosts of the batch fail, and so the run ends. */
  failsTooMany(failing: ReadonlySet<HostState>): boolean {
    const limit = this.scope().render(this.play.maxFailPercentage);
    if (limit === null || this.play.strategy === 'free') return false;
    const percentage = numberIn(typeof limit === 'string' ? limit.replace(/%$/, '') : limit);
    if (percentage === undefined) throw wrongNumber('max_fail_percentage', limit, this.play);
    const failed = this.batch.filter((host) => failing.has(host) || host.failed).length;
    return (failed / this.batch.length) * 100 > percentage;
  }

  private fail(hosts: ReadonlySet<HostState>): void {
    for (const host of hosts) host.settleFailure();
    if (this.endsRun(hosts)) this.context.fatal = true;
  }

  private forcesHandlers(): boolean {
    return playTruth('force_handlers', this.play.forceHandlers, this.scope(), this.play, false);
  }

  private scope(): Scope {
    return playScope(this.context, this.play);
  }
}

function holdsTasks(item: Item): boolean {
  return item.kind !== 'block' || [item.items, item.rescue, item.always].some((items) => items.some(holdsTasks));
}

function holds(read: () => boolean): boolean {
  try {
    return read();
  } catch (error) {
    if (error instanceof ChatsctlError) return true;
    throw error;
  }
}
