import type { Clock } from '../base/clock.js';
import { ChatsctlError } from '../base/errors.js';
import type { Secret } from '../base/secret.js';
import type { Connection, SshTarget } from './connection.js';
import { jumpFailure, parseJumps } from './jump.js';
import { logIn, type Through } from './log-in.js';
import { type SshSettings, settingsFor } from './ssh-settings.js';

export interface SshContext {
  /** Replaces the user's and the global known_hosts files; the first is written to. */
  readonly knownHostsFiles?: readonly string[];
  readonly homeDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly askPassword?: (description: string) => Promise<Secret | undefined>;
  readonly askPassphrase?: (path: string) => Promise<Secret | undefined>;
  /** One line at a time, without secrets. */
  readonly onDebug?: (line: string) => void;
}

/** Logs in to a host, through its jump hosts. Errors `connect/…`; a hop's own stands behind `connect/jump`, which names it. */
export async function connectSsh(target: SshTarget, context: SshContext): Promise<Connection> {
  const settings = await settingsFor(target, context);
  const hops = settings.proxyJump ? parseJumps(settings.proxyJump, target) : [];
  const opened: Connection[] = [];
  const closeHops = async () => {
    for (const hop of opened.toReversed()) await hop.close();
  };
  /** The way to the next host, through the last hop. */
  const through = ({ hostName, port }: SshSettings): Through | undefined => {
    const [via, hop] = [opened.at(-1), hops[opened.length - 1]];
    return (
      via &&
      hop && {
        open: () => via.forward(hostName, port, context.signal),
        failed: (error) => jumpFailure(target, hop, error),
      }
    );
  };
  try {
    for (const hop of hops) {
      const own = await settingsFor(hop, context);
      const connection = await logIn(hop, own, context, through(own), async () => {}).catch((error: unknown) => {
        context.signal.throwIfAborted();
        throw error instanceof ChatsctlError ? jumpFailure(target, hop, error) : error;
      });
      opened.push(connection);
    }
    return await logIn(target, settings, context, through(settings), closeHops);
  } catch (error) {
    await closeHops();
    throw error;
  }
}
