import { setTimeout as delay } from 'node:timers/promises';
import { failure } from '../../base/errors.js';
import type { ExecAnswer, ExecRequest } from '../../sdk/action-context.js';
import { execProgram } from '../perl/exec.js';
import type { ExecOptions } from '../port.js';
import { launch, type Place } from '../session/launch.js';
import { length, pack } from '../session/pack.js';
import { Ending } from './ending.js';

/** Runs user text in a channel of its own, as the identity. Environment, script and input travel on standard input: nothing of them is in argv. */
export async function exec(place: Place, request: ExecRequest, options: ExecOptions = {}): Promise<ExecAnswer> {
  const { signal } = options;
  signal?.throwIfAborted();
  const argv =
    request.script === undefined
      ? [...(request.argv ?? []), ...(request.args ?? [])]
      : [request.executable ?? '/bin/sh', ...(request.args ?? [])];
  if (!argv.length) throw new TypeError('nothing to run');
  const { channel, nonce } = await launch(place, execProgram, { ends: true, signal });
  const message = pack(
    pack(...argv),
    request.script,
    request.script !== undefined,
    request.chdir,
    pack(...Object.entries(request.environment ?? {}).flat()),
    request.stdin !== undefined,
    request.stdin,
  );
  const stdout = new Ending(channel.stdout, nonce, options.onStdout);
  const stderr = new Ending(channel.stderr, nonce, options.onStderr);
  channel.stdin.write(Buffer.concat([length(message.length), message]));
  // The host gives the group 3 s after TERM; a host that does not answer is not waited for.
  let patience: NodeJS.Timeout | undefined;
  let giveUp: () => void = () => {};
  const givenUp = new Promise<void>((resolve) => {
    giveUp = resolve;
  });
  const kill = () => {
    channel.stdin.write('K');
    patience = setTimeout(giveUp, 6000);
  };
  signal?.addEventListener('abort', kill, { once: true });
  if (signal?.aborted) kill();
  try {
    const said = Promise.all([stdout.reached, stderr.reached]);
    const ended = Promise.race([said, channel.exited.then(() => Promise.race([said, delay(1000)]))]);
    await Promise.race([ended, givenUp]);
    signal?.throwIfAborted();
    return answerOf(stdout, stderr, argv[0] ?? '', request, await exitOf(channel.exited, stdout.verdict !== undefined));
  } finally {
    signal?.removeEventListener('abort', kill);
    clearTimeout(patience);
    channel.stdin.end();
    if (stdout.verdict === undefined) channel.kill('TERM');
    else setTimeout(() => channel.kill('TERM'), 1000).unref();
  }
}

function answerOf(stdout: Ending, stderr: Ending, program: string, request: ExecRequest, exit: number | undefined): ExecAnswer {
  const [verdict, ...details] = (stdout.verdict ?? stderr.verdict ?? '').split(' ');
  const plain = details.map((each) => Buffer.from(each, 'hex').toString());
  const output = { stdout: stdout.text, stderr: stderr.text };
  if (verdict === 'chdir') throw failure('host/exec-chdir', { path: request.chdir ?? '', reason: plain[0] ?? '' });
  if (verdict === 'space') throw failure('host/exec-space', { program, reason: plain[0] ?? '' });
  // As Ansible does when the program cannot be started: its errno is the status.
  if (verdict === 'start') return { rc: Number(plain[0]), ...output, msg: `[Errno ${plain[0]}] ${plain[1]}: ${JSON.stringify(program)}` };
  // Without a verdict our own runner was killed: the channel's end is the program's.
  return { rc: verdict ? Number(verdict) : (exit ?? 137), ...output };
}

/** Rejects with `connect/lost` when there was no verdict and the connection is gone. */
async function exitOf(exited: Promise<{ code: number | null }>, decided: boolean): Promise<number | undefined> {
  return decided ? undefined : ((await exited).code ?? undefined);
}
