import { failure } from '../../base/errors.js';
import { loginIdentity } from '../port.js';
import { becomes } from './become.js';
import { FrameReader } from './frame-reader.js';
import { launch, type Place } from './launch.js';
import { length, pack, unpack } from './pack.js';
import { sudoRulesProgram } from './program.js';

/**
 * sudo's I/O log would keep what is sent to a user other than root: asked for as the login user, before anything is sent. (root's own session
 * asks for itself, program.ts.) Error `host/sudo-records`.
 */
export async function refuseRecording(place: Place): Promise<void> {
  const { identity, connection, host } = place;
  if (!becomes(identity, connection.user) || identity.becomeUser === 'root') return;
  const { channel, nonce } = await launch({ ...place, identity: loginIdentity }, sudoRulesProgram, { ends: true });
  const records = new Promise<string>((resolve, reject) => {
    const reader = new FrameReader(nonce, (answer) => resolve(unpack(answer)[1]?.toString() ?? ''));
    channel.stdout.on('data', (chunk: Buffer) => {
      try {
        reader.push(chunk);
      } catch (error) {
        reject(error);
      }
    });
    // Where sudo cannot be asked, becoming the user will say why.
    channel.exited.then(() => setImmediate(resolve, ''), reject);
  });
  channel.stdout.resume();
  channel.stderr.resume();
  const message = pack(identity.password?.reveal());
  channel.stdin.write(Buffer.concat([length(message.length), message]));
  if ((await records) === '1') throw failure('host/sudo-records', { host });
}
