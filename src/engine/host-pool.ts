import { failure } from '../base/errors.js';
import type { Host, HostPort, Identity } from '../host/port.js';
import { SimulatedHost } from '../host/simulated.js';
import { sshTargetFrom } from '../inventory/connection-variables.js';
import type { ConnectionVariables } from './identity.js';
import type { RunOptions } from './options.js';
import type { RunPorts } from './ports.js';

/** The hosts that a run has opened: one connection each, whoever asks; the run's lock is taken before the first use that could change anything. */
export class HostPool {
  private readonly opened = new Map<string, Promise<Host>>();
  private readonly ready = new Map<string, Host>();
  private readonly locked = new Map<string, Promise<void>>();
  private readonly simulatedHosts = new Map<string, SimulatedHost>();

  constructor(
    private readonly ports: RunPorts,
    private readonly options: RunOptions,
  ) {}

  async port(name: string, variable: ConnectionVariables, identity: Identity): Promise<HostPort> {
    const host = await this.host(name, variable);
    if (this.options.locksHosts && !host.local) await this.lock(host, identity);
    return host.as(identity);
  }

  /** Check mode's host: one overlay a host, whatever the identity that reads it. */
  simulated(port: HostPort): SimulatedHost {
    const key = `${port.host.name}\n${port.identity.becomeUser ?? ''}`;
    let simulated = this.simulatedHosts.get(key);
    if (!simulated) {
      simulated = new SimulatedHost(port);
      this.simulatedHosts.set(key, simulated);
    }
    return simulated;
  }

  roundTrips(name: string): number {
    return this.ready.get(name)?.counters.roundTrips ?? 0;
  }

  invalidateAll(): void {
    for (const host of this.ready.values()) host.invalidate();
  }

  /** meta: reset_connection: the next use connects again. */
  forget(name: string): void {
    void this.ready.get(name)?.reset();
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.opened.values()].map(async (host) => (await host).close()));
  }

  private host(name: string, variable: ConnectionVariables): Promise<Host> {
    let opening = this.opened.get(name);
    if (!opening) {
      opening = this.open(name, variable);
      this.opened.set(name, opening);
      // Unreachable is remembered by the host's state; a later play may try again after clear_host_errors.
      opening.catch(() => this.opened.delete(name));
    }
    return opening;
  }

  private async open(name: string, variable: ConnectionVariables): Promise<Host> {
    const kind = variable('ansible_connection') ?? (name === 'localhost' ? 'local' : 'ssh');
    if (kind !== 'ssh' && kind !== 'local' && kind !== 'smart') throw failure('task/connection-kind', { found: JSON.stringify(kind) });
    const target = kind === 'local' ? 'local' : sshTargetFrom(name, variable, this.defaults());
    if (target !== 'local') {
      for (const secret of [target.password, target.privateKeyPassphrase]) if (secret) this.ports.masking.add(secret.reveal());
    }
    const host = await this.ports.openHost(name, target);
    this.ready.set(name, host);
    return host;
  }

  private defaults() {
    const { options } = this;
    return {
      user: options.remoteUser,
      password: options.loginPassword,
      privateKeyFile: options.privateKeyFile,
      connectTimeoutMs: options.connectTimeoutMs,
      acceptNewHostKeys: options.acceptNewHostKeys,
    };
  }

  private lock(host: Host, identity: Identity): Promise<void> {
    let locking = this.locked.get(host.name);
    if (!locking) {
      const { ports } = this;
      locking = host.lock(
        {
          run: ports.run,
          operator: ports.operator,
          from: ports.controlName,
          pid: ports.controlPid,
          waitMs: this.options.lockWaitMs,
          isOver: ports.isOver,
          signal: ports.signal,
        },
        identity,
      );
      this.locked.set(host.name, locking);
    }
    return locking;
  }
}
