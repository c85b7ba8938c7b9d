import type { Clock } from '../base/clock.js';
import type { Connection } from '../connection/connection.js';
import { ChannelRoom } from './channel-room.js';
import { IdentityPort } from './identity-port.js';
import { Link } from './link.js';
import type { Counters, Host, HostEvent, HostPort, Identity, LockClaim } from './port.js';

export interface OpenHost {
  /** The inventory name. */
  readonly name: string;
  /** Makes the connection; called again when it was lost. */
  readonly connect: () => Promise<Connection>;
  readonly clock: Clock;
  readonly onEvent?: (event: HostEvent) => void;
}

/** Connects; sessions are opened when they are used. Rejects with `connect/…`. */
export async function openHost({ onEvent = () => {}, ...options }: OpenHost): Promise<Host> {
  const link = new Link(options.connect, onEvent);
  return new ConnectedHost({ ...options, onEvent }, link, await link.connection());
}

class ConnectedHost implements Host {
  readonly name: string;
  readonly description: string;
  readonly user: string;
  readonly local: boolean;
  readonly hostKeyFingerprint: string | undefined;
  private readonly tally = { roundTrips: 0, bytesSent: 0 };
  private readonly generation = { current: 0 };
  private readonly ports = new Map<string, IdentityPort>();
  private readonly room = new ChannelRoom(
    () => {
      for (const port of this.ports.values()) port.closeIfIdle();
    },
    () => this.link.second(),
  );
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly options: OpenHost & Required<Pick<OpenHost, 'onEvent'>>,
    private readonly link: Link,
    connection: Connection,
  ) {
    this.name = options.name;
    this.description = connection.description;
    this.user = connection.user;
    this.local = connection.description === 'local';
    this.hostKeyFingerprint = connection.hostKeyFingerprint;
  }

  get counters(): Counters {
    return { ...this.tally };
  }

  as(identity: Identity): HostPort {
    return this.port(identity);
  }

  invalidate(): void {
    this.generation.current += 1;
  }

  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work, work);
    this.last = turn.catch(() => {});
    return turn;
  }

  async lock(claim: LockClaim, identity: Identity): Promise<void> {
    await this.port(identity).lock(claim);
  }

  async reset(): Promise<void> {
    this.invalidate();
    await this.link.close();
  }

  async close(): Promise<void> {
    for (const port of this.ports.values()) port.close();
    await this.link.close();
  }

  private port(identity: Identity): IdentityPort {
    // Becoming whom one is already needs no sudo: it is the login user's session.
    const becomes = identity.becomeUser !== undefined && identity.becomeUser !== this.user;
    const key = becomes ? [identity.method, identity.becomeUser, ...identity.flags].join('\0') : '';
    let port = this.ports.get(key);
    if (!port) {
      const { link, room, tally, generation } = this;
      port = new IdentityPort(identity, {
        host: this,
        link,
        room,
        tally,
        generation,
        clock: this.options.clock,
        onEvent: this.options.onEvent,
      });
      this.ports.set(key, port);
    }
    return port;
  }
}
