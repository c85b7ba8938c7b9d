import { once } from 'node:events';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { proxyCommand } from './proxy-command.js';
import type { SshSettings } from './ssh-settings.js';
import type { Wire } from './wire.js';

/** Opens the way: through a jump host's connection, by ProxyCommand, or by TCP. Rejects with the socket's own error, or with ours. */
export async function dial(
  settings: SshSettings,
  through: (() => Promise<Duplex>) | undefined,
  { env, signal }: { env: Readonly<Record<string, string | undefined>>; signal: AbortSignal },
): Promise<Wire> {
  signal.throwIfAborted();
  if (through) return { stream: await through() };
  if (settings.proxyCommand !== undefined) return proxyCommand(settings.proxyCommand, env);
  const socket = connect({ host: settings.hostName, port: settings.port });
  // Nagle's algorithm costs 40 ms and more on every command.
  socket.setNoDelay(true);
  try {
    await once(socket, 'connect', { signal });
  } catch (error) {
    socket.destroy();
    throw error;
  }
  // Without a listener a late error would end the process.
  socket.on('error', () => {});
  return { stream: socket };
}
