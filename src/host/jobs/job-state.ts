import { uncertain } from './answers.js';
import type { Inspection } from './inspection.js';

/** What to do about a job, from what is found of it. */
export type JobState =
  | { readonly kind: 'absent' }
  /** Made a moment ago: look again. */
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  /** "sending" without "sent", and no reaction. */
  | { readonly kind: 'uncertain'; readonly prompt: string }
  /** Never began, or ended with failure: may be started again. */
  | { readonly kind: 'failed'; readonly rc: number | undefined }
  /** Ended with 0: its transcript is read, it is never run again. */
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'collected'; readonly outcome: string }
  /** Neither running nor ended: nobody knows how far it came. */
  | { readonly kind: 'lost'; readonly rebooted: boolean };

/** Between mkdir and the first sign of the job's process. */
const STARTING_MS = 5_000;

export function jobState(found: Inspection | undefined): JobState {
  if (!found) return { kind: 'absent' };
  if (found.collected !== undefined) return { kind: 'collected', outcome: found.collected };
  if (found.rc !== undefined) return found.rc === 0 && !found.failed ? { kind: 'succeeded' } : { kind: 'failed', rc: found.rc };
  if (found.alive) {
    const open = uncertain(found.answers, found.size);
    return open ? { kind: 'uncertain', prompt: open.name } : { kind: 'running' };
  }
  if (!found.sameBoot) return found.begun ? { kind: 'lost', rebooted: true } : { kind: 'failed', rc: undefined };
  if (!found.begun) return found.elapsed < STARTING_MS ? { kind: 'starting' } : { kind: 'failed', rc: undefined };
  return { kind: 'lost', rebooted: false };
}
