import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../../src/base/clock.js';
import { failure } from '../../../../src/base/errors.js';
import { MASK, type Masking } from '../../../../src/base/secret.js';
import type { JobHost, JobPort, JobProgress } from '../../../../src/host/jobs/job-host.js';
import { ANSWER, COLLECTED, FOLLOW, FORGET, INSPECT, MARK_FAILED, START, STOP } from '../../../../src/host/jobs/scripts.js';
import type { JobRequest } from '../../../../src/sdk/job.js';
import type { ScriptAnswer } from '../../../../src/sdk/query.js';

const names = new Map([
  [INSPECT, 'inspect'],
  [START, 'start'],
  [FOLLOW, 'follow'],
  [ANSWER, 'answer'],
  [COLLECTED, 'collected'],
  [FORGET, 'forget'],
  [STOP, 'stop'],
  [MARK_FAILED, 'mark-failed'],
]);

export type Run = (script: string, args: readonly string[], stdin: string) => Promise<ScriptAnswer>;

/** Runs scripts by the local sh, or by another command line that takes them the same way. */
export function shell(...command: readonly string[]): Run {
  const [program = '/bin/sh', ...rest] = command.length > 0 ? command : ['/bin/sh'];
  return (script, args, stdin) =>
    new Promise((resolve, reject) => {
      const child = spawn(program, [...rest, '-c', script, 'sh', ...args]);
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (chunk) => {
        stdout += chunk;
      });
      child.stderr.on('data', (chunk) => {
        stderr += chunk;
      });
      child.once('error', reject);
      child.once('close', (code) => resolve({ rc: code ?? 255, stdout, stderr }));
      child.stdin.on('error', () => {});
      child.stdin.end(stdin);
    });
}

/** A host whose connection can be made to go: before a script reaches it, or before its answer comes back. */
class FaultyHost implements JobHost {
  readonly calls: { name: string; args: readonly string[] }[] = [];
  reconnects = 0;
  private faults: { name: string; when: 'before' | 'after'; times: number }[] = [];
  private readonly watchers: ((name: string) => void)[] = [];

  constructor(private readonly run: Run = shell()) {}

  loseConnection(name: string, when: 'before' | 'after', times = 1): void {
    this.faults.push({ name, when, times });
  }

  onCall(watcher: (name: string) => void): void {
    this.watchers.push(watcher);
  }

  count(name: string): number {
    return this.calls.filter((call) => call.name === name).length;
  }

  async script(script: string, args: readonly string[], stdin = ''): Promise<ScriptAnswer> {
    const name = names.get(script) ?? 'list';
    this.calls.push({ name, args });
    for (const watcher of this.watchers) watcher(name);
    this.fail(name, 'before');
    const answer = await this.run(script, args, stdin);
    this.fail(name, 'after');
    return answer;
  }

  async reconnect(): Promise<void> {
    this.reconnects++;
  }

  private fail(name: string, when: 'before' | 'after'): void {
    const fault = this.faults.find((each) => each.name === name && each.when === when && each.times > 0);
    if (!fault) return;
    fault.times--;
    throw failure('connect/lost', { host: 'test', reason: 'a fault was made' });
  }
}

export class ListMasking implements Masking {
  readonly secrets = new Set<string>();
  add(secret: string): void {
    if (secret.length >= 4) this.secrets.add(secret);
  }
  mask(text: string): string {
    return [...this.secrets].reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
  }
  maskValue<T>(value: T): T {
    return JSON.parse(this.mask(JSON.stringify(value))) as T;
  }
}

export interface Bench {
  readonly folder: string;
  readonly work: string;
  readonly host: FaultyHost;
  readonly port: JobPort;
  readonly stored: Map<string, string>;
  readonly progress: JobProgress[];
  readonly transcripts: string[];
  readonly masking: ListMasking;
  dispose(): void;
}

export function bench(more: Partial<JobPort> = {}, run?: Run, folders?: { folder: string; work: string }): Bench {
  const made = folders ? undefined : mkdtempSync(join(tmpdir(), 'job-'));
  const { folder, work } = folders ?? { folder: join(made ?? '', 'jobs'), work: made ?? '' };
  const host = new FaultyHost(run);
  const stored = new Map<string, string>();
  const progress: JobProgress[] = [];
  const transcripts: string[] = [];
  const masking = new ListMasking();
  const port: JobPort = {
    host,
    store: async (name, value) => {
      stored.set(name, value);
    },
    keepIssued: async (name, value) => {
      stored.set(`${name}_unconfirmed`, value);
      return `${name}_unconfirmed`;
    },
    progress: (each) => progress.push(each),
    masking,
    clock: systemClock,
    signal: new AbortController().signal,
    keepTranscript: async (text) => {
      transcripts.push(text);
    },
    folder,
    ...more,
  };
  return {
    folder,
    work,
    host,
    port,
    stored,
    progress,
    transcripts,
    masking,
    dispose: () => made && rmSync(made, { recursive: true, force: true }),
  };
}

export function request(command: string, more: Partial<JobRequest> = {}): JobRequest {
  return {
    id: 'test',
    command,
    chdir: '/',
    environment: {},
    dialogue: [],
    responses: [],
    success: [],
    hints: [],
    failure: [],
    captures: [],
    timeoutMs: 30_000,
    silenceMs: 20_000,
    ...more,
  };
}

export const step = (name: string, prompt: string, answer: string, more: Partial<JobRequest['dialogue'][number]> = {}) => ({
  name,
  prompt,
  answer,
  secret: false,
  optional: false,
  max: 3,
  ...more,
});
