import { ChatsctlError } from '../base/errors.js';
import type { Connection } from '../connection/connection.js';
import type { HostEvent } from './port.js';

/** The one connection of a host: made again, on next use, when it was lost. And a second one, where the server gives each a single session. */
export class Link {
  private current: Promise<Connection> | undefined;
  private beside: Promise<Connection> | undefined;
  private connectedBefore = false;

  constructor(
    private readonly connect: () => Promise<Connection>,
    private readonly onEvent: (event: HostEvent) => void,
  ) {}

  connection(): Promise<Connection> {
    this.current ??= this.open();
    return this.current;
  }

  second(): Promise<Connection> {
    if (this.beside) return this.beside;
    const opening = this.connect();
    this.beside = opening;
    const forget = () => {
      if (this.beside === opening) this.beside = undefined;
    };
    opening
      .then(async (connection) => {
        await connection.lost;
        forget();
        await connection.close();
      })
      .catch(forget);
    return opening;
  }

  async close(): Promise<void> {
    const [closing, beside] = [this.current, this.beside];
    this.current = this.beside = undefined;
    await beside?.then((connection) => connection.close()).catch(() => {});
    if (!closing) return;
    const connection = await closing.catch(() => undefined);
    await connection?.close();
    this.onEvent({ state: 'closed' });
  }

  private async open(): Promise<Connection> {
    this.onEvent({ state: 'connecting' });
    try {
      const connection = await this.connect();
      this.onEvent({ state: this.connectedBefore ? 'reconnected' : 'connected', detail: connection.description });
      this.connectedBefore = true;
      const opened = this.current;
      void connection.lost.then((reason) => {
        if (this.current !== opened) return;
        this.current = undefined;
        this.onEvent({ state: 'lost', detail: reason.message });
        // What is left of it (jump hosts, timers) goes too.
        void connection.close().catch(() => {});
      });
      return connection;
    } catch (error) {
      this.current = undefined;
      throw error;
    }
  }
}

/** How a host that cannot be reached for now is met: what a restart or a network fault looks like while it lasts. */
export function isAway(error: unknown): boolean {
  // Behind `connect/jump` stands what the hop met.
  return error instanceof ChatsctlError && error.diagnostics.some(({ code }) => away.has(code));
}

const away = new Set<string>([
  'connect/refused',
  'connect/timeout',
  'connect/handshake-timeout',
  'connect/login-timeout',
  'connect/login-closed',
  'connect/dropped',
  'connect/unreachable',
  'connect/dns',
  'connect/channel-refused',
]);

/** The connection or the session went away: a read may be asked again, once, over a new one. */
export function isLost(error: unknown): boolean {
  return error instanceof ChatsctlError && (error.code === 'connect/lost' || error.code === 'host/session-ended');
}
