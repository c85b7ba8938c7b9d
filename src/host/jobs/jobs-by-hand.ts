import type { Clock } from '../../base/clock.js';
import { failure } from '../../base/errors.js';
import type { Masking } from '../../base/secret.js';
import { unsendable } from './answers.js';
import { type Inspection, parseInspections } from './inspection.js';
import { JOBS_FOLDER, type JobHost } from './job-host.js';
import { JobRemote } from './job-remote.js';
import { type JobState, jobState } from './job-state.js';
import { LIST } from './scripts.js';
import { TailMask } from './tail.js';
import { Transcript } from './transcript.js';

/** `chatsctl jobs`: dialogues that run or wait on a host. */
export interface ListedJob {
  readonly id: string;
  readonly state: JobState['kind'];
  /** ISO 8601, by the host's clock. */
  readonly started: string;
  /** Milliseconds. */
  readonly elapsed: number;
  readonly silent: number;
  /** Names of the prompts that were answered. */
  readonly answered: readonly string[];
}

export async function listJobs(host: JobHost, folder: string = JOBS_FOLDER): Promise<ListedJob[]> {
  const { stdout } = await host.script(LIST, [folder]);
  return parseInspections(stdout).map(toListed);
}

export interface AttachOptions {
  readonly masking: Masking;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** New text, masked, as a terminal would show it: finished lines, and the line that the program waits in. */
  readonly write: (text: string) => void;
  /** Lines that the operator types, without their line feed; each is sent to the program. */
  readonly input?: AsyncIterable<string>;
  readonly folder?: string;
}

/** Shows a job until it ends or the signal aborts, and types what the operator types. Resolves with its exit status, undefined when it is gone. Fails with `job/no-job`. */
export async function attachJob(host: JobHost, id: string, options: AttachOptions): Promise<number | undefined> {
  const remote = new JobRemote(host, id, options.folder);
  const found = await remote.inspect();
  if (!found || found.collected !== undefined) throw failure('job/no-job', { id });
  const typed: string[] = [];
  if (options.input) void gather(options.input, typed);
  const mask = new TailMask(options.masking, []);
  const transcript = new Transcript();
  const shown = new ShownLines(options.write);
  for (;;) {
    if (options.signal.aborted) return undefined;
    const line = typed.shift();
    if (line !== undefined) await type(remote, id, line);
    const followed = await remote.follow(transcript.offset, typed.length > 0 ? 0 : 500);
    if (!followed) return undefined;
    await transcript.write(followed.bytes);
    const quiet = followed.bytes.length === 0;
    shown.show(mask.mask(transcript.whole), quiet);
    if (transcript.offset >= followed.size && (followed.rc !== undefined || !followed.alive)) return followed.rc;
  }
}

/** Ends the program if it runs, and forgets the job: the next run starts it anew. Fails with `job/no-job`. */
export async function stopJob(host: JobHost, id: string, folder?: string): Promise<void> {
  await new JobRemote(host, id, folder).stop();
}

/** By hand whatever was typed counts: it is recorded as an answer, and ends the doubt about one that was never confirmed. */
async function type(remote: JobRemote, id: string, line: string): Promise<void> {
  const reason = unsendable(line);
  if (reason === 'long') throw failure('job/answer-too-long', { name: 'attach', bytes: Buffer.byteLength(line) });
  if (reason === 'control') throw failure('job/answer-control', { name: 'attach' });
  const now = await remote.inspect();
  if (!now) throw failure('job/no-job', { id });
  await remote.answer({ end: now.size, name: 'by hand', answer: line, knownSize: now.answersSize, force: true });
}

async function gather(input: AsyncIterable<string>, typed: string[]): Promise<void> {
  for await (const line of input) typed.push(line);
}

/** Writes finished lines once each, and the line that the program waits in when it is quiet. */
class ShownLines {
  private finished = 0;
  private partial = '';

  constructor(private readonly write: (text: string) => void) {}

  show(text: string, quiet: boolean): void {
    const lines = text.split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines.slice(this.finished)) this.put(line, '\n');
    this.finished = Math.max(this.finished, lines.length);
    if (quiet && last !== '' && last !== this.partial) {
      this.put(last, '');
      this.partial = last;
    }
  }

  private put(line: string, end: string): void {
    const begun = this.partial;
    this.partial = '';
    if (line.startsWith(begun)) this.write(line.slice(begun.length) + end);
    else this.write(`\n${line}${end}`);
  }
}

function toListed(found: Inspection): ListedJob {
  return {
    id: found.id,
    state: jobState(found).kind,
    started: new Date(found.date * 1000).toISOString(),
    elapsed: found.duration > 0 ? found.duration : found.elapsed,
    silent: found.silent,
    answered: found.answers.map((record) => record.name),
  };
}
