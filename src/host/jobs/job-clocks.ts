import { formatDuration } from '../../base/duration.js';
import { failure } from '../../base/errors.js';
import type { JobRequest } from '../../sdk/job.js';
import type { AnswerRecord } from './answers.js';
import type { Dialogue } from './dialogue.js';
import { nextSteps } from './prompt-match.js';

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

  /** Throws `job/timeout`, `job/prompt-timeout` or `job/unmatched-prompt` when a clock has run out. The program goes on or waits. */
  check(now: number, elapsed: number, dialogue: Dialogue, answered: readonly AnswerRecord[], tail: () => string): void {
    const { id, timeoutMs, silenceMs, extend = 'responses' } = this.request;
    if (elapsed > timeoutMs) throw failure('job/timeout', { id, limit: formatDuration(timeoutMs), tail: tail() });
    const due = nextSteps(dialogue, answered);
    const [step] = due;
    if (step?.timeoutMs !== undefined && now - this.answeredAt > step.timeoutMs) {
      const limit = formatDuration(step.timeoutMs);
      throw failure('job/prompt-timeout', { prompt: step.name, limit, extend, tail: tail() });
    }
    if (this.silent(now) > silenceMs) {
      const expected = due.map((each) => each.name);
      const silent = formatDuration(this.silent(now));
      throw failure('job/unmatched-prompt', { silent, extend, expected: expected.join(', ') || '-', tail: tail() });
    }
  }
}
