import { randomBytes } from 'node:crypto';
import { failure } from '../../base/errors.js';
import type { Channel, Connection } from '../../connection/connection.js';
import type { ChannelRoom } from '../channel-room.js';
import type { Identity } from '../port.js';
import { becomeCommand } from './become.js';
import { launchFailure } from './launch-failure.js';
import { Preamble } from './preamble.js';

/** A perl program running on the host as an identity; both outputs stand behind the hello, so that no noise of a login shell counts. */
export interface Launched {
  readonly channel: Channel;
  /** Unpredictable; marks what the program says. */
  readonly nonce: string;
}

/** Where and as whom a program is started. */
export interface Place {
  /** The inventory name, for errors. */
  readonly host: string;
  readonly connection: Connection;
  readonly identity: Identity;
  readonly room: ChannelRoom;
}

export interface LaunchOptions {
  /** The program ends by itself: others may wait for its channel. */
  readonly ends: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** For the hello: PAM and a slow directory server have their time. */
const helloMs = 30_000;

/**
 * All that a command line shows. It says hello, reads the program from standard input and evaluates it: nothing secret is in argv, and no
 * quoting is needed but single quotes around text without quotes, backslashes, `!` and newlines, which sh, csh and fish read alike.
 */
const loader =
  '$|=1;our $nonce=shift;my $l=shift;my $p=q();syswrite(STDERR,$nonce.$/);syswrite(STDOUT,$nonce.$/);' +
  'while(length($p)<$l){sysread(STDIN,$p,$l-length($p),length($p))||exit(97)}eval($p);die($@)if($@)';

/** Starts `program` as the identity, giving sudo its password only when it asks. */
export async function launch(place: Place, program: string, options: LaunchOptions): Promise<Launched> {
  const { connection, identity, host, room } = place;
  const nonce = randomBytes(8).toString('hex');
  const prompt = `[chatsctl-${randomBytes(8).toString('hex')}]`;
  const source = Buffer.from(program);
  const become = becomeCommand(identity, connection.user, prompt);
  const channel = await room.open(connection, `exec ${become.words}perl -e '${loader}' ${nonce} ${source.length}`, options);
  channel.stdin.on('error', () => {});
  const context = { host, login: connection.user, identity, becomes: become.words !== '' };
  const seconds = helloMs / 1000;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(become.words ? failure('host/sudo-timeout', { host, seconds }) : failure('host/session-timeout', { host, seconds })),
      helloMs,
    );
  });
  const stdout = new Preamble(channel.stdout, nonce);
  const stderr = new Preamble(channel.stderr, nonce, {
    text: prompt,
    // A second prompt: the password was not accepted. It is never sent twice.
    seen: (times) => {
      if (times === 1 && identity.password) channel.stdin.write(`${identity.password.reveal()}\n`);
      else channel.kill('TERM');
    },
  });
  const ended = channel.exited.then(async (exit) => {
    await Promise.all([stdout.ended, stderr.ended]);
    throw launchFailure({ ...context, exit, noise: stdout.noise, complaint: stderr.noise, prompts: stderr.prompts });
  });
  ended.catch(() => {});
  try {
    if (!become.asksPassword) channel.stdin.write(source);
    await Promise.race([Promise.all([stdout.passed, stderr.passed]), ended, late]);
    if (become.asksPassword) channel.stdin.write(source);
  } catch (error) {
    channel.kill('TERM');
    throw stderr.prompts > 1 ? failure('host/sudo-wrong-password', { host, user: connection.user }) : error;
  } finally {
    clearTimeout(timer);
  }
  return { channel, nonce };
}
