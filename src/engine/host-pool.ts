import type { Host, HostPort, Identity } from '../host/port.js';
import { SimulatedHost } from '../host/simulated.js';
import type { Operation } from '../sdk/operation.js';
import { connectionKey, machineOf, type Target, targetOf } from './host-target.js';
import type { ConnectionVariables } from './identity.js';
import type { RunOptions } from './options.js';
import type { RunPorts } from './ports.js';

/** A connection of the run. */
interface Opened {
  readonly name: string;
  readonly machine: string;
  readonly opening: Promise<Host>;
  /** Once it is open. */
  host?: Host;
  locking?: Promise<void>;
}

/**
 * The connections that a run has opened: one for each way to reach a host (another user, port or kind of connection is another one), whoever
 * asks; the run's lock is taken on each before the first use that could change anything.
 */
export class HostPool {
  private readonly opened = new Map<string, Opened>();
  /** Forgotten ones: what is still under way there (a free play, a delegate) may use them to its end. */
  private readonly retired: Opened[] = [];
  private anyOpened = false;
  /** Check mode: what was planned for a machine, whoever planned it. */
  private readonly planned = new Map<string, Operation[]>();

  constructor(
    private readonly ports: RunPorts,
    private readonly options: RunOptions,
  ) {}

  async port(name: string, variable: ConnectionVariables, identity: Identity): Promise<HostPort> {
    const target = targetOf(name, variable, this.options);
    const key = connectionKey(name, target);
    const opened = this.opened.get(key) ?? this.open(key, name, target);
    const host = await opened.opening;
    if (this.options.locksHosts && !host.local) await this.lock(opened, key, host, identity);
    return host.as(identity);
  }

  /** The machine as the run's plans for it would leave it. */
  simulated(port: HostPort): SimulatedHost {
    return new SimulatedHost(port, this.plannedFor(port));
  }

  /** What a task changes in spite of check mode comes after what was planned before it. */
  didInCheckMode(port: HostPort, operations: readonly Operation[]): void {
    const planned = this.plannedFor(port);
    if (planned.length > 0) planned.push(...operations);
  }

  /** Whether a connection was ever open: from then on something may have been done. */
  get contacted(): boolean {
    return this.anyOpened;
  }

  /** Over all connections to the host. */
  roundTrips(name: string): number {
    return this.all().reduce((sum, each) => sum + (each.name === name ? (each.host?.counters.roundTrips ?? 0) : 0), 0);
  }

  invalidateAll(): void {
    for (const { host } of this.all()) host?.invalidate();
  }

  /** meta: reset_connection: the next use connects again, as the variables say then. */
  async forget(name: string): Promise<void> {
    const those = [...this.opened].filter(([, each]) => each.name === name);
    for (const [key, each] of those) {
      this.opened.delete(key);
      this.retired.push(each);
    }
    await Promise.allSettled(those.map(async ([, { opening }]) => (await opening).reset()));
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.all().map(async ({ opening }) => (await opening).close()));
  }

  private all(): readonly Opened[] {
    return [...this.opened.values(), ...this.retired];
  }

  private open(key: string, name: string, target: Target): Opened {
    if (target !== 'local') {
      for (const secret of [target.password, target.privateKeyPassphrase]) if (secret) this.ports.masking.add(secret.reveal());
    }
    const opened: Opened = { name, machine: machineOf(name, target), opening: this.ports.openHost(name, target) };
    this.opened.set(key, opened);
    opened.opening.then(
      (host) => {
        opened.host = host;
        this.anyOpened = true;
      },
      // Unreachable is remembered by the host's state; a later play may try again after clear_host_errors.
      () => {
        if (this.opened.get(key) === opened) this.opened.delete(key);
      },
    );
    return opened;
  }

  private plannedFor({ host }: HostPort): Operation[] {
    const machine = this.all().find((each) => each.host === host)?.machine ?? host.name;
    let planned = this.planned.get(machine);
    if (!planned) {
      planned = [];
      this.planned.set(machine, planned);
    }
    return planned;
  }

  private lock(opened: Opened, connection: string, host: Host, identity: Identity): Promise<void> {
    const { ports } = this;
    opened.locking ??= host
      .lock(
        {
          run: ports.run,
          operator: ports.operator,
          from: ports.controlName,
          pid: ports.controlPid,
          connection,
          waitMs: this.options.lockWaitMs,
          isOver: ports.isOver,
          signal: ports.signal,
        },
        identity,
      )
      .catch((error: unknown) => {
        delete opened.locking;
        throw error;
      });
    return opened.locking;
  }
}
