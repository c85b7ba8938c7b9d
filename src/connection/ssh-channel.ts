import type { ClientChannel } from 'ssh2';
import type { Channel, Exit } from './connection.js';

const closedWithoutExit = new Error('the channel closed without an exit status');

function delayed(reason: Error): Promise<Error> {
  return new Promise((resolve) => setTimeout(resolve, 1000, reason).unref());
}

/** A channel of ssh2 with an end that can be believed: an exit, or `lost`. */
export function sshChannel(raw: ClientChannel, lost: Promise<Error>, onEnd: () => void): Channel {
  let exit: Exit | undefined;
  raw.on('exit', (code: number | null, signal?: string) => {
    exit = { code, signal: signal ?? null };
  });
  let killed = false;
  const exited = new Promise<Exit>((resolve, reject) => {
    // `close` comes after both streams have ended, so that nothing of the output is missed by who reads them.
    raw.on('close', () => {
      onEnd();
      if (exit) resolve(exit);
      else if (killed) resolve({ code: null, signal: 'SIGKILL' });
      // ssh2 closes the channels of a dead connection without a word: neither code nor signal.
      else void Promise.race([lost, delayed(closedWithoutExit)]).then(reject);
    });
    void lost.then((reason) => {
      onEnd();
      if (!exit) reject(reason);
    });
  });
  exited.catch(() => {});
  raw.on('error', () => {});
  raw.stderr.on('error', () => {});
  return {
    stdin: raw,
    stdout: raw,
    stderr: raw.stderr,
    exited,
    kill: (signal = 'TERM') => {
      killed = true;
      try {
        raw.signal(signal);
        raw.close();
      } catch {
        // The connection is gone already: `exited` says so.
      }
    },
  };
}
