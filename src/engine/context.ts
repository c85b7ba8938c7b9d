import { setMaxListeners } from 'node:events';
import { dirname } from 'node:path';
import PQueue from 'p-queue';
import type { Clock } from '../base/clock.js';
import type { Emit } from '../events/event.js';
import { SecretVariables } from '../playbook/secret-variables.js';
import type { Item, Level, Playbook } from '../playbook/tree.js';
import type { Scope } from '../vars/scope.js';
import { CarriedHandlers } from './carried-handlers.js';
import { Counted, Serialiser } from './concurrency.js';
import { ControlFiles } from './control-files.js';
import { Findings } from './findings.js';
import { HostPool } from './host-pool.js';
import { HostState } from './host-state.js';
import type { RunOptions } from './options.js';
import type { PlayView } from './play-view.js';
import type { RunPorts, StorePort } from './ports.js';
import { scopeFor } from './scopes.js';
import { Selection } from './selection.js';

/** Everything that lives as long as a run. */
export class RunContext {
  readonly states = new Map<string, HostState>();
  readonly findings: Findings;
  readonly hosts: HostPool;
  readonly files: ControlFiles;
  readonly serialiser = new Serialiser();
  /** Dialogues under way on any host: while there are, reads do not come from the cache. */
  readonly jobs = new Counted();
  readonly playbookDirectory: string;
  readonly emit: Emit;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly store: StorePort;
  readonly secrets: SecretVariables;
  readonly selection: Selection;
  readonly carried: CarriedHandlers;
  /** An `any_errors_fatal` failure was met: later plays do not start. */
  fatal = false;
  /** What was warned of and is not said again. */
  readonly warned = new Set<string>();
  private step: boolean;
  private readonly work: PQueue;

  constructor(
    readonly ports: RunPorts,
    readonly options: RunOptions,
    playbook: Playbook,
  ) {
    this.playbookDirectory = dirname(playbook.path);
    this.emit = ports.emit;
    this.files = new ControlFiles(this.playbookDirectory);
    this.clock = ports.clock;
    this.signal = ports.signal;
    // Every channel of every host waits for it: many listeners are no leak.
    setMaxListeners(0, ports.signal);
    this.store = ports.store;
    this.secrets = new SecretVariables(ports.masking);
    for (const role of playbook.plays.flatMap((play) => play.staticRoles)) this.secrets.declare(role.argumentSpec);
    this.findings = new Findings(ports.emit);
    this.hosts = new HostPool(ports, options);
    this.selection = new Selection(options);
    this.carried = new CarriedHandlers(playbook, options, ports.emit);
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
  scope(play: PlayView, level: Level, host: HostState): Scope {
    return scopeFor(this, play, level, host);
  }

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
}
