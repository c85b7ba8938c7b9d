import { failure } from '../base/errors.js';
import type { Channel, Connection } from '../connection/connection.js';

/** How long a channel is waited for when nothing runs that could make room. */
const patienceMs = { first: 2_000, second: 60_000 };

interface RoomOptions {
  readonly ends: boolean;
  readonly signal?: AbortSignal | undefined;
}

class NoRoom extends Error {}

/**
 * Where sshd allows few sessions (MaxSessions), a channel waits for another to end. Idle sessions of ours never end by themselves: they are
 * closed, and opened again when they are wanted. The session that holds the host's lock must stay; where it has taken the only place, the
 * others go over a second connection, since sshd counts for each.
 */
export class ChannelRoom {
  /** Channels that run user text or take content: they end. */
  private busy = 0;
  private readonly full = new WeakSet<Connection>();

  /** `closeIdle` closes the sessions that wait for nothing and hold no lock. */
  constructor(
    private readonly closeIdle: () => void,
    private readonly second: () => Promise<Connection>,
  ) {}

  async open(connection: Connection, command: string, options: RoomOptions): Promise<Channel> {
    try {
      if (!this.full.has(connection)) return await this.openOn(connection, command, options, patienceMs.first);
    } catch (error) {
      if (!(error instanceof NoRoom)) throw error;
      this.full.add(connection);
    }
    try {
      return await this.openOn(await this.second(), command, options, patienceMs.second);
    } catch (error) {
      if (!(error instanceof NoRoom)) throw error;
      const reason = 'it allows too few sessions at once (MaxSessions in sshd_config)';
      throw failure('connect/channel-refused', { host: connection.description, reason });
    }
  }

  private async openOn(connection: Connection, command: string, options: RoomOptions, patience: number): Promise<Channel> {
    const stop = new AbortController();
    let watch: NodeJS.Timeout | undefined;
    let since = 0;
    const onRefused = () => {
      since ||= Date.now();
      watch ??= setInterval(() => {
        this.closeIdle();
        if (this.busy > 0) since = Date.now();
        if (Date.now() - since >= patience) stop.abort(new NoRoom());
      }, 200);
    };
    try {
      const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
      const channel = await connection.open(command, { signal, onRefused });
      if (options.ends) {
        this.busy += 1;
        const ended = () => {
          this.busy -= 1;
        };
        void channel.exited.then(ended, ended);
      }
      return channel;
    } finally {
      clearInterval(watch);
    }
  }
}
