import { failure } from '../../base/errors.js';
import type { JobRequest } from '../../sdk/job.js';
import type { AnswerRecord } from './answers.js';
import type { Dialogue, Prompt } from './dialogue.js';
import type { Inspection } from './inspection.js';
import { JobClocks } from './job-clocks.js';
import type { JobPort } from './job-host.js';
import type { JobRemote } from './job-remote.js';
import { type Asked, findPrompt, timesAnswered } from './prompt-match.js';
import type { TailMask } from './tail.js';
import { Transcript } from './transcript.js';

/** A prompt whose line the program has left may be a line of a report: it is answered when the program has been silent for this long. */
const LEFT_LINE_QUIET_MS = 2_000;
/** A program that never falls silent at its prompt (a spinner) is answered all the same after this long. */
const FORCE_MS = 3_000;
/** Asked with the very same text this often in a row: the answer is refused. */
const SAME_RESPONSE = 3;
const POLL_MS = 1_000;
const PROGRESS_MS = 500;

export interface Followable {
  readonly request: JobRequest;
  readonly dialogue: Dialogue;
  readonly remote: JobRemote;
  readonly port: JobPort;
  readonly mask: TailMask;
}

/**
 * Follows one running job: shows what it says, answers what it asks, at most once each. Ends when the program has ended (or is found gone);
 * the caller looks at the host again then. A lost connection rejects; `resume` after it goes on.
 */
export class JobFollower {
  private transcript: Transcript;
  private answers: AnswerRecord[];
  private answersSize: number;
  private readonly clocks: JobClocks;
  private readonly uptimeAtStart: number;
  private progressAt = Number.NEGATIVE_INFINITY;
  /** The prompt that waits to be answered, since when, and the transcript's length then. */
  private waiting: { readonly name: string; readonly since: number } | undefined;
  private readonly inARow = { name: '', text: '', times: 0 };
  /** Answers that were there before: what an earlier run had refused may be another value now. */
  private readonly answeredBefore: number;

  constructor(
    private readonly job: Followable,
    found: Inspection,
  ) {
    this.transcript = new Transcript(found.answers.map((record) => record.end));
    this.answers = [...found.answers];
    this.answeredBefore = found.answers.length;
    this.answersSize = found.answersSize;
    this.clocks = new JobClocks(job.request, job.port.clock.now(), found.silent);
    this.uptimeAtStart = found.startedUptime;
  }

  /** The transcript was not read anew: what was answered by the last command before the connection went is taken over. */
  resume(found: Inspection): void {
    if (found.answersSize === this.answersSize) return;
    this.transcript = new Transcript(found.answers.map((record) => record.end));
    this.answers = [...found.answers];
    this.answersSize = found.answersSize;
  }

  get whole(): string {
    return this.transcript.whole;
  }

  /**
   * Where in `whole` the text after the last answer of the dialogue, or by hand, begins: what was refused before it was answered anew. A
   * response ("Try again? y") takes nothing back.
   */
  get lastAnswered(): number {
    const isResponse = (name: string) => this.job.dialogue.responses.some((each) => each.name === name);
    return this.transcript.offsetAfter(this.answers.findLastIndex(({ name }) => !isResponse(name)) + 1);
  }

  get answeredNames(): string[] {
    return this.answers.map((record) => record.name);
  }

  /** Reads to the end of what there is, without answering. */
  async readAll(): Promise<void> {
    for (;;) {
      const followed = await this.job.remote.follow(this.transcript.offset, 0);
      if (!followed || followed.bytes.length === 0) return;
      await this.transcript.write(followed.bytes);
    }
  }

  async follow(): Promise<void> {
    const { port, remote, dialogue } = this.job;
    for (;;) {
      port.signal.throwIfAborted();
      const followed = await remote.follow(this.transcript.offset, this.waiting ? 100 : POLL_MS);
      if (!followed) return;
      const now = port.clock.now();
      if (followed.bytes.length > 0) {
        this.clocks.output(now);
        await this.transcript.write(followed.bytes);
      }
      const elapsed = followed.uptime - this.uptimeAtStart;
      this.report(now, elapsed);
      const tail = () => this.job.mask.tail(this.transcript.recent);
      // Before anything else: a program that says more than can be read never lets it come to the rest.
      this.clocks.checkWhole(elapsed, tail);
      if (this.transcript.offset < followed.size) continue;
      if (followed.rc !== undefined || !followed.alive) return;
      if ((await this.attend(now)) === 'look-again') return;
      this.clocks.check(now, dialogue, this.answers, tail);
    }
  }

  private async attend(now: number): Promise<'look-again' | undefined> {
    const text = this.transcript.recent;
    const asked = findPrompt(text, this.job.dialogue, this.answers, this.transcript.answered);
    if (!asked) {
      this.waiting = undefined;
      return undefined;
    }
    if (this.waiting?.name !== asked.prompt.name) this.waiting = { name: asked.prompt.name, since: now };
    if (!asked.onLastLine && this.clocks.silent(now) < LEFT_LINE_QUIET_MS) return undefined;
    this.refuseEndless(asked.prompt, text);
    return this.answer(asked, text, now - this.waiting.since >= FORCE_MS);
  }

  private async answer({ prompt }: Asked, text: string, force: boolean): Promise<'look-again' | undefined> {
    const { remote, port } = this.job;
    const end = this.transcript.offset;
    const outcome = await remote.answer({ end, name: prompt.name, answer: prompt.answer, knownSize: this.answersSize, force });
    if (outcome.kind === 'not-quiet') return undefined;
    if (outcome.kind !== 'sent') return 'look-again';
    this.answersSize = outcome.answersSize;
    this.answers.push({ end, name: prompt.name, sent: true });
    this.count(prompt, text);
    this.transcript.cut();
    this.waiting = undefined;
    this.clocks.answered(port.clock.now());
    return undefined;
  }

  /** A step's prompt after `max` answers of this run, a response to the very same text more than three times in a row. */
  private refuseEndless(prompt: Prompt, text: string): void {
    const step = this.job.dialogue.steps.find((each) => each === prompt);
    const times = step
      ? timesAnswered(step.name, this.answers.slice(this.answeredBefore))
      : this.inARow.name === prompt.name && this.inARow.text === text
        ? this.inARow.times
        : 0;
    if (times < (step?.max ?? SAME_RESPONSE)) return;
    const tail = this.job.mask.tail(text);
    throw failure('job/refused', { id: this.job.request.id, prompt: prompt.name, times, tail });
  }

  private count(prompt: Prompt, text: string): void {
    const same = this.inARow.name === prompt.name && this.inARow.text === text;
    Object.assign(this.inARow, { name: prompt.name, text, times: same ? this.inARow.times + 1 : 1 });
  }

  private report(now: number, elapsed: number): void {
    if (now - this.progressAt < PROGRESS_MS) return;
    this.progressAt = now;
    const text = this.job.mask.lastLine(this.transcript.recent);
    this.job.port.progress({ text, elapsed, silent: this.clocks.silent(now) });
  }
}
