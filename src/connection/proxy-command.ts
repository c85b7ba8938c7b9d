import { spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { failure } from '../base/errors.js';
import type { Wire } from './wire.js';

/** Characters with which a name from an inventory could say more to the shell than its name. */
const strange = /[^\w.:@%+=,/[\]-]/;

/** Fills in `%h`, `%p`, `%r`, `%n`, `%%` of ProxyCommand (ssh_config(5), TOKENS). Error `connect/config`. */
export function expandProxyCommand(
  command: string,
  { host, name, port, user }: { host: string; name: string; port: number; user: string },
): string {
  const known: Readonly<Record<string, string>> = { h: host, n: name, p: String(port), r: user, '%': '%' };
  return command.replace(/%(.?)/g, (token, letter: string) => {
    const value = known[letter];
    if (value === undefined)
      throw failure('connect/config', { host: name, reason: `ProxyCommand has ${token}: only %h %n %p %r are known` });
    if (letter !== '%' && (strange.test(value) || value.startsWith('-')))
      throw failure('connect/config', { host: name, reason: `${value} cannot be put into a ProxyCommand` });
    return value;
  });
}

/** Starts the program, whose standard input and output are the way to the server. It ends when the stream is closed. */
export function proxyCommand(command: string, env: Readonly<Record<string, string | undefined>>): Wire {
  // In a process group of its own: Ctrl-C at the terminal is for us, and the connection is needed for an orderly stop.
  const child = spawn('/bin/sh', ['-c', `exec ${command}`], { stdio: ['pipe', 'pipe', 'pipe'], detached: true, env: { ...env } });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-500);
  });
  // `close`: what it said is known too.
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(said.trim() || (signal ?? `exit status ${code}`)));
  });
  child.stdin.on('error', () => {});
  const stream = Duplex.from({ readable: child.stdout, writable: child.stdin });
  stream.on('error', () => {});
  stream.once('close', () => {
    try {
      if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    } catch {
      // It has ended meanwhile.
    }
  });
  return { stream, complaint: () => Promise.race([ended, delay(1000, undefined, { ref: false })]) };
}
