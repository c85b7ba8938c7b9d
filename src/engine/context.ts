import PQueue from 'p-queue';
import type { Clock } from '../base/clock.js';
import type { SourceValue } from '../base/template-text.js';
import type { Value, ValueMap } from '../base/value.js';
import type { Emit } from '../events/event.js';
import type { Item, Level, Task } from '../playbook/tree.js';
import { effectiveKeywords } from '../playbook/tree.js';
import type { Scope } from '../vars/scope.js';
import { Serialiser } from './concurrency.js';
import { holdsAll } from './conditions.js';
import { ControlFiles } from './control-files.js';
import { Findings } from './findings.js';
import { HostPool } from './host-pool.js';
import { HostState } from './host-state.js';
import type { RunOptions } from './options.js';
import type { PlayRun } from './play-run.js';
import type { RunPorts, StorePort } from './ports.js';
import { playVariables, scopeFor } from './scopes.js';
import { Selection } from './selection.js';

/** Everything that lives as long as a run. */
export class RunContext {
  readonly states = new Map<string, HostState>();
  readonly findings: Findings;
  readonly hosts: HostPool;
  readonly files: ControlFiles;
  readonly serialiser = new Serialiser();
  readonly emit: Emit;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly store: StorePort;
  readonly selection: Selection;
  /** An `any_errors_fatal` failure was met: later plays do not start. */
  fatal = false;
  private step: boolean;
  private readonly work: PQueue;

  constructor(
    readonly ports: RunPorts,
    readonly options: RunOptions,
    readonly playbookDirectory: string,
  ) {
    this.emit = ports.emit;
    this.files = new ControlFiles(playbookDirectory);
    this.clock = ports.clock;
    this.signal = ports.signal;
    this.store = ports.store;
    this.findings = new Findings(ports.emit);
    this.hosts = new HostPool(ports, options);
    this.selection = new Selection(options);
    this.step = options.step;
    this.work = new PQueue({ concurrency: options.forks });
  }

  get modules(): RunPorts['modules'] {
    return this.ports.modules;
  }

  get masking(): RunPorts['masking'] {
    return this.ports.masking;
  }

  state(host: string): HostState {
    let state = this.states.get(host);
    if (!state) {
      state = new HostState(host);
      this.states.set(host, state);
    }
    return state;
  }

  /** Variables as a task (or block, or play) of a host sees them. */
  scope(play: PlayRun, level: Level, host: HostState, extra?: ValueMap): Scope {
    return scopeFor(this, play, level, host, extra);
  }

  /** A keyword that is needed outside of a task's life, for one host (or none: play keywords see play vars and `-e` alone). */
  render(value: SourceValue | undefined, level: Level, host: HostState | undefined, play?: PlayRun): Value | undefined {
    if (value === undefined || value === null || typeof value === 'boolean' || typeof value === 'number') return value;
    const active = play ?? this.current;
    if (!active || !host) return playVariables(this, level).render(value);
    return this.scope(active, level, host).render(value);
  }

  /** The play that runs. */
  current: PlayRun | undefined;

  select(items: readonly Item[]): readonly Item[] {
    return this.selection.items(items);
  }

  /** Each host's work, as many at once as forks and throttle allow. */
  async queue<T>(hosts: readonly T[], throttle: number, work: (host: T) => Promise<void>): Promise<void> {
    const queue = throttle > 0 ? new PQueue({ concurrency: Math.min(throttle, this.options.forks) }) : this.work;
    const settled = await Promise.allSettled(hosts.map((host) => queue.add(() => work(host))));
    for (const each of settled) if (each.status === 'rejected') throw each.reason;
  }

  /** Round trips to a host so far. */
  traffic(host: HostState): number {
    return this.hosts.roundTrips(host.name);
  }

  /** `--step`: (N)o/(y)es/(c)ontinue. */
  async confirmStep(task: string): Promise<boolean> {
    if (!this.step) return true;
    const answer =
      (await this.ports.prompts.line(`Perform task: ${task} (N)o/(y)es/(c)ontinue: `, { echo: true, signal: this.signal })) ?? 'n';
    if (/^c/i.test(answer)) this.step = false;
    return /^[yc]/i.test(answer);
  }

  async whenHolds(
    task: Task,
    hosts: readonly HostState[],
    work: (hosts: readonly HostState[]) => Promise<Set<HostState>>,
  ): Promise<Set<HostState>> {
    const play = this.current;
    if (!play) return new Set();
    return work(hosts.filter((host) => holdsAll(effectiveKeywords(task).when, this.scope(play, task, host)) === true));
  }

  /** A failure that no module reported: judged findings, role arguments. */
  emitFailure(play: PlayRun, host: HostState, task: string, message: string, result: ValueMap, level: Level): void {
    const position = 'position' in level && level.position ? String((level as { position: unknown }).position) : '';
    this.emit({ type: 'task_start', play: play.name, task, module: 'finding', position, handler: false, hosts: [host.name] });
    this.emit({
      type: 'task_result',
      play: play.name,
      task,
      module: 'finding',
      host: host.name,
      status: 'failed',
      handler: false,
      result: { changed: false, failed: true, msg: message, ...result },
      message,
      position,
      duration: 0,
      roundTrips: 0,
    });
    host.setFacts.ansible_failed_task = { name: task, action: 'finding' };
    host.setFacts.ansible_failed_result = { failed: true, msg: message, ...result };
  }
}
