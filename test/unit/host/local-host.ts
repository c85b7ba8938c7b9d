import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/base/clock.js';
import type { Connection } from '../../../src/connection/connection.js';
import { connectLocal } from '../../../src/connection/local.js';
import { ChannelRoom } from '../../../src/host/channel-room.js';
import { openHost } from '../../../src/host/host.js';
import { type Host, type HostPort, loginIdentity } from '../../../src/host/port.js';
import type { Place } from '../../../src/host/session/launch.js';

/** The host program on this machine, as the user who runs the tests. */
export async function localHost(
  wrap: (connection: Connection) => Connection = (connection) => connection,
): Promise<{ host: Host; port: HostPort }> {
  const host = await openHost({ name: 'here', connect: async () => wrap(connectLocal()), clock: systemClock });
  return { host, port: host.as(loginIdentity) };
}

export function localPlace(): Place {
  return {
    host: 'here',
    connection: connectLocal(),
    identity: loginIdentity,
    room: new ChannelRoom(
      () => {},
      async () => connectLocal(),
    ),
  };
}

export function scratch(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'chatsctl-host-')));
}

/** A login shell that says and does more than it is asked. */
export function behind(connection: Connection, shell: (command: string) => string): Connection {
  return new Proxy(connection, {
    get: (target, name) => {
      if (name === 'open') return (command: string, options: object) => target.open(shell(command), options);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
