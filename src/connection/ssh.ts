import { ChatsctlError } from '../base/errors.js';
import type { Connection, SshTarget } from './connection.js';
import { jumpFailure, parseJumps } from './jump.js';
import { logIn, type Through } from './log-in.js';
import type { SshContext } from './ssh-context.js';
import { type SshSettings, settingsFor } from './ssh-settings.js';

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
