import { ChatsctlError, failure } from '../../base/errors.js';
import type { JobOutcome, JobRequest } from '../../sdk/job.js';
import { isAway, isLost } from '../link.js';
import { compileDialogue } from './dialogue.js';
import { endedBadly, keepIssued, withHint } from './ended-badly.js';
import { type Followable, JobFollower } from './follow-job.js';
import type { Inspection } from './inspection.js';
import type { JobPort } from './job-host.js';
import { JobRemote } from './job-remote.js';
import { jobState } from './job-state.js';
import { judge } from './judgement.js';
import { TailMask } from './tail.js';
import { undecided } from './undecided.js';

/** An answer is written in one command on the host; the command of a connection that went may still be at it for this long. */
const SENDING_MS = 3_000;
const LOOK_AGAIN_MS = 300;
/** "Lost" is a grave word: it is looked at more than once. */
const LOST_LOOKS = 3;

/**
 * Runs a program and its dialogue as a job on the host, or adopts the one that is there (architecture.md, "Dialogue with an interactive
 * program"): started at most once, each prompt answered at most once, whatever becomes of the connection or of this process. Captures are
 * stored before it resolves. Errors are of the area `job`; those that leave the program running or waiting say so.
 */
export async function runJob(request: JobRequest, port: JobPort): Promise<JobOutcome> {
  const dialogue = compileDialogue(request);
  for (const prompt of [...dialogue.steps, ...dialogue.responses]) if (prompt.secret) port.masking.add(prompt.answer);
  const remote = new JobRemote(port.host, request.id, port.folder);
  return new JobRun({ request, dialogue, remote, port, mask: new TailMask(port.masking, dialogue.captures) }).run();
}

class JobRun {
  private follower: JobFollower | undefined;
  /** This call has started the program. */
  private started = false;
  /** This call has seen it run: its failure is news. */
  private watched = false;
  private uncertainSince: number | undefined;
  private lostSeen = 0;

  constructor(private readonly job: Followable) {}

  async run(): Promise<JobOutcome> {
    for (;;) {
      this.job.port.signal.throwIfAborted();
      try {
        const outcome = await this.step(await this.job.remote.inspect());
        if (outcome) return outcome;
      } catch (error) {
        // Lost between two scripts it is found away by the next one.
        if (isLost(error) || isAway(error)) await this.job.port.host.reconnect();
        else throw await this.reported(error);
      }
    }
  }

  /** One look at the host and what it asks for; an outcome when all is done. */
  private async step(found: Inspection | undefined): Promise<JobOutcome | undefined> {
    const { request, remote } = this.job;
    const state = jobState(found);
    if (state.kind !== 'uncertain') this.uncertainSince = undefined;
    if (state.kind !== 'lost') this.lostSeen = 0;
    switch (state.kind) {
      case 'absent':
        return this.start(false);
      case 'starting':
        return this.pause();
      case 'collected':
        await this.forgetLater();
        return { ...(JSON.parse(state.outcome) as JobOutcome), adopted: true };
      case 'lost': {
        if (++this.lostSeen < LOST_LOOKS) return this.pause();
        const started = new Date((found?.date ?? 0) * 1000).toISOString();
        throw failure('job/lost', { id: request.id, started, cause: state.rebooted ? 'the host was restarted' : 'its process is gone' });
      }
      case 'failed':
        if (!found) return this.start(true);
        if (this.watched) throw await this.endedBadly(found);
        // Nobody was there when it failed: what it gave is read before its transcript goes.
        await this.catchUp(found).readAll();
        await keepIssued(this.job, this.follower?.whole ?? '');
        return this.start(true);
      case 'uncertain':
        return this.awaitSending(state.prompt, found);
      case 'running':
        this.watched = true;
        if (found) await this.catchUp(found).follow();
        return undefined;
      case 'succeeded':
        return found && (await this.collect(found, remote));
    }
  }

  private async start(replace: boolean): Promise<undefined> {
    const outcome = await this.job.remote.start(this.job.request, replace);
    this.follower = undefined;
    if (outcome === 'started') {
      this.started = true;
      this.watched = true;
    }
    // What has ended may still be on its way out.
    else if (replace) await this.pause();
    return undefined;
  }

  private async pause(): Promise<undefined> {
    await this.job.port.clock.sleep(LOOK_AGAIN_MS, this.job.port.signal);
    return undefined;
  }

  private async awaitSending(prompt: string, found: Inspection | undefined): Promise<undefined> {
    const now = this.job.port.clock.now();
    this.uncertainSince ??= now;
    if (now - this.uncertainSince < SENDING_MS) return this.pause();
    if (found) await this.catchUp(found).readAll();
    throw failure('job/answer-uncertain', { id: this.job.request.id, prompt, tail: this.tail() });
  }

  /** The follower, with what the host knows of answers. */
  private catchUp(found: Inspection): JobFollower {
    if (this.follower) this.follower.resume(found);
    else this.follower = new JobFollower(this.job, found);
    return this.follower;
  }

  private async collect(found: Inspection, remote: JobRemote): Promise<JobOutcome> {
    const { request, dialogue, port } = this.job;
    const follower = this.catchUp(found);
    await follower.readAll();
    const judgement = judge(follower.whole, dialogue, follower.lastAnswered);
    if (judgement.kind === 'failed') {
      const error = await this.endedBadly(found);
      await remote.markFailed();
      throw error;
    }
    if (judgement.kind !== 'succeeded') throw undecided(judgement, { id: request.id, dialogue, mask: this.job.mask, text: follower.whole });
    for (const [capture, value] of judgement.captures) {
      if (capture.secret) port.masking.add(value);
      if (capture.store !== undefined) await port.store(capture.store, value);
    }
    const open = [...judgement.captures].filter(([capture]) => !capture.secret);
    const outcome: JobOutcome = {
      answered: follower.answeredNames,
      captured: [...judgement.captures.keys()].map((capture) => capture.name),
      values: Object.fromEntries(open.map(([capture, value]) => [capture.name, value])),
      rc: 0,
      duration: Math.round(found.duration / 100) / 10,
      adopted: !this.started,
      tail: this.tail(),
    };
    await remote.collected(JSON.stringify({ ...outcome, tail: '' }));
    await this.forgetLater();
    return outcome;
  }

  private async forgetLater(): Promise<void> {
    if (this.job.port.defer) this.job.port.defer(() => this.forget());
    else await this.forget();
  }

  /** Never ends in another look at the host: a job that is found gone would be started again. */
  private async forget(): Promise<void> {
    for (;;) {
      try {
        return await this.job.remote.forget();
      } catch (error) {
        if (!isLost(error) && !isAway(error)) throw error;
        await this.job.port.host.reconnect();
      }
    }
  }

  private tail(): string {
    return this.follower ? this.job.mask.tail(this.follower.whole) : '';
  }

  private async endedBadly(found: Inspection): Promise<ChatsctlError> {
    const follower = this.catchUp(found);
    await follower.readAll();
    return await endedBadly(this.job, follower.whole, follower.lastAnswered, found);
  }

  /** A dialogue's error leaves a masked transcript, and says what its hints know. */
  private async reported(error: unknown): Promise<unknown> {
    if (!(error instanceof ChatsctlError) || !error.code.startsWith('job/') || !this.follower) return error;
    const text = this.follower.whole;
    await this.job.port.keepTranscript?.(this.job.mask.mask(text));
    return withHint(error, text, this.job);
  }
}
