import { failure } from '../base/errors.js';
import type { Channel, Connection } from '../connection/connection.js';

/** How long a channel is waited for when nothing runs that could make room. */
const patienceMs = 60_000;

/**
 * Where sshd allows few sessions (MaxSessions), a channel waits for another to end. Idle sessions of ours never end by themselves: they are
 * closed, and opened again when they are wanted.
 */
export class ChannelRoom {
  /** Channels that run user text or take content: they end. */
  private busy = 0;

  /** `closeIdle` closes the sessions that wait for nothing and hold no lock. */
  constructor(private readonly closeIdle: () => void) {}

  async open(
    connection: Connection,
    command: string,
    options: { readonly ends: boolean; readonly signal?: AbortSignal | undefined },
  ): Promise<Channel> {
    const stop = new AbortController();
    let watch: NodeJS.Timeout | undefined;
    let since = 0;
    const onRefused = () => {
      since ||= Date.now();
      watch ??= setInterval(() => {
        this.closeIdle();
        if (this.busy > 0) since = Date.now();
        if (Date.now() - since < patienceMs) return;
        const reason = 'it allows too few sessions at once (MaxSessions in sshd_config); 2 are needed at least';
        stop.abort(failure('connect/channel-refused', { host: connection.description, reason }));
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
