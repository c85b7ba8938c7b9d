import { formatDuration } from '../../base/duration.js';
import { failure } from '../../base/errors.js';
import type { JobRequest } from '../../sdk/job.js';
import type { AnswerRecord } from './answers.js';
import type { Dialogue, Step } from './dialogue.js';
import { dueSteps, nextSteps } from './prompt-match.js';

/** However long a job was silent before it was adopted, it gets this long to be answered. */
const GRACE_MS = 60_000;

/** The three clocks of a dialogue: the whole run, silence, and the time to the next prompt. */
export class JobClocks {
  private outputAt: number;
  private answeredAt: number;

  constructor(
    private readonly request: JobRequest,
    now: number,
    /** How long it had been silent when it was found; 0 for a new one. */
    silent: number,
  ) {
    this.outputAt = now - Math.min(silent, Math.max(0, request.silenceMs - GRACE_MS));
    this.answeredAt = now;
  }

  output(now: number): void {
    this.outputAt = now;
  }

  answered(now: number): void {
    this.answeredAt = now;
    this.outputAt = now;
  }

  silent(now: number): number {
    return Math.max(0, now - this.outputAt);
  }

  /** Throws `job/timeout` when the time of the whole run is up. The program goes on. */
  checkWhole(elapsed: number, tail: () => string): void {
    const { id, timeoutMs } = this.request;
    if (elapsed > timeoutMs) throw failure('job/timeout', { id, limit: formatDuration(timeoutMs), tail: tail() });
  }

  /** Throws `job/prompt-timeout` or `job/unmatched-prompt` when nothing more is to come. The program goes on or waits. */
  check(now: number, dialogue: Dialogue, answered: readonly AnswerRecord[], tail: () => string): void {
    const { id, silenceMs, extend = 'responses' } = this.request;
    const [step] = nextSteps(dialogue, answered);
    if (step?.timeoutMs !== undefined && now - this.answeredAt > step.timeoutMs) {
      const limit = formatDuration(step.timeoutMs);
      throw failure('job/prompt-timeout', { id, prompt: named(step), limit, extend, tail: tail() });
    }
    if (this.silent(now) > silenceMs) {
      const expected = dueSteps(dialogue, answered).map(named);
      const silent = formatDuration(this.silent(now));
      throw failure('job/unmatched-prompt', { id, silent, extend, expected: expected.join(', ') || '-', tail: tail() });
    }
  }
}

/** A step, and where its prompt comes from: that is what an operator mends. */
function named({ name, variable }: Step): string {
  return variable === undefined ? name : `${name} (${variable})`;
}
