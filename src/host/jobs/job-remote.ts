import { failure } from '../../base/errors.js';
import type { JobRequest } from '../../sdk/job.js';
import { encodeName } from './answers.js';
import { type Inspection, parseInspections } from './inspection.js';
import { JOBS_FOLDER, type JobHost } from './job-host.js';
import { programText } from './program.js';
import { ANSWER, COLLECTED, FOLLOW, FORGET, INSPECT, MARK_FAILED, START, STOP } from './scripts.js';

export interface Followed {
  readonly rc: number | undefined;
  readonly alive: boolean;
  /** Bytes of the transcript now: more than was sent when there is much. */
  readonly size: number;
  /** The host's uptime in milliseconds: a clock that nobody sets. */
  readonly uptime: number;
  readonly bytes: Buffer;
}

export interface AnswerToSend {
  readonly end: number;
  readonly name: string;
  readonly answer: string;
  readonly knownSize: number;
  /** Without waiting for quiet. */
  readonly force: boolean;
}

export type AnswerOutcome =
  | { readonly kind: 'sent'; readonly answersSize: number }
  | { readonly kind: 'not-quiet' | 'answered-elsewhere' | 'ended' };

/** One job on its host, one method a script. */
export class JobRemote {
  constructor(
    private readonly host: JobHost,
    readonly id: string,
    private readonly folder: string = JOBS_FOLDER,
  ) {}

  async inspect(): Promise<Inspection | undefined> {
    return parseInspections(await this.output(INSPECT))[0];
  }

  /** `there` when another has started it meanwhile. Fails with `job/no-directory`, `job/not-started`. */
  async start(request: JobRequest, replace: boolean): Promise<'started' | 'there'> {
    const args = [request.chdir ?? '', replace ? 'replace' : ''];
    const { rc, stderr } = await this.host.script(START, [this.folder, this.id, ...args], programText(request));
    if (rc === 0) return 'started';
    if (rc === 10) return 'there';
    if (rc === 12) throw failure('job/no-directory', { path: request.chdir ?? '' });
    throw failure('job/not-started', { id: this.id, reason: stderr.trim() || `status ${rc}` });
  }

  /** New output, waiting for some for up to `waitMs`; undefined when the job is gone. */
  async follow(offset: number, waitMs: number): Promise<Followed | undefined> {
    const { rc, stdout, stderr } = await this.script(FOLLOW, [String(offset), String(Math.ceil(waitMs / 100))]);
    if (rc === 10) return undefined;
    if (rc !== 0) throw this.failed(rc, stderr);
    const [head = '', body = ''] = stdout.split('\n');
    const [status = '-', alive, size, uptime] = head.split(' ');
    return {
      rc: status === '-' ? undefined : Number(status),
      alive: alive === 'yes',
      size: Number(size),
      uptime: Math.round(Number(uptime) * 1000),
      bytes: Buffer.from(body, 'base64'),
    };
  }

  async answer({ end, name, answer, knownSize, force }: AnswerToSend): Promise<AnswerOutcome> {
    const args = [String(end), String(knownSize), encodeName(name), force ? 'force' : ''];
    const { rc, stdout, stderr } = await this.script(ANSWER, args, `${answer}\n`);
    if (rc === 0) return { kind: 'sent', answersSize: Number(stdout.trim()) };
    if (rc === 11) return { kind: 'answered-elsewhere' };
    if (rc === 12) return { kind: 'ended' };
    if (rc === 13 || rc === 14) return { kind: 'not-quiet' };
    throw this.failed(rc, stderr);
  }

  async markFailed(): Promise<void> {
    await this.output(MARK_FAILED);
  }

  /** Replaces the transcript by the outcome. */
  async collected(outcome: string): Promise<void> {
    await this.output(COLLECTED, outcome);
  }

  async forget(): Promise<void> {
    await this.output(FORGET);
  }

  /** Ends it if it runs, and forgets it. Fails with `job/no-job`. */
  async stop(): Promise<void> {
    const { rc, stderr } = await this.script(STOP, []);
    if (rc === 10) throw failure('job/no-job', { id: this.id });
    if (rc !== 0) throw this.failed(rc, stderr);
  }

  private async output(script: string, stdin?: string): Promise<string> {
    const { rc, stdout, stderr } = await this.script(script, [], stdin);
    if (rc !== 0) throw this.failed(rc, stderr);
    return stdout;
  }

  private script(script: string, args: readonly string[], stdin?: string) {
    return this.host.script(script, [this.folder, this.id, ...args], stdin);
  }

  private failed(rc: number, stderr: string): Error {
    return failure('job/host', { id: this.id, reason: stderr.trim() || `status ${rc}` });
  }
}
