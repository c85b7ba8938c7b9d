import { ChatsctlError, failure } from '../../base/errors.js';
import { inEnglish, russianOf } from '../../base/translated.js';
import { captureFrom } from './captures.js';
import type { Followable } from './follow-job.js';
import type { Inspection } from './inspection.js';
import { saidFailure } from './judgement.js';

/**
 * Values that a program gave before it failed. They count for nothing, since nobody knows what became of them; but what was issued is not
 * lost: each is kept under a name of its own. Answers those names.
 */
export async function keepIssued({ dialogue, port }: Followable, text: string): Promise<{ names: string[]; kept: string[] }> {
  const names: string[] = [];
  const kept: string[] = [];
  for (const capture of dialogue.captures) {
    const values = captureFrom(text, capture);
    if (capture.store === undefined || values.length === 0) continue;
    names.push(capture.store);
    for (const value of values) {
      if (capture.secret) port.masking.add(value);
      kept.push(await port.keepIssued(capture.store, value));
    }
  }
  return { names, kept };
}

/** What a program that ended with failure is reported as; what it had issued is kept first. `text`: all that it said; `since`: see `judge`. */
export async function endedBadly(job: Followable, text: string, since: number, found: Inspection): Promise<ChatsctlError> {
  const { dialogue, mask, request } = job;
  const { names, kept } = await keepIssued(job, text);
  const tail = mask.tail(text);
  const rc = found.rc ?? '?';
  const said = (saidFailure(text, dialogue, since) ?? saidFailure(text, dialogue))?.line;
  const line = said === undefined ? (tail.split('\n').at(-1) ?? '') : mask.mask(said);
  if (kept.length > 0) return failure('job/issued-and-failed', { rc, names: names.join(', '), kept: kept.join(', '), line, tail });
  if (found.size >= found.limit) return failure('job/output-limit', { id: request.id, bytes: found.limit, tail });
  if (said !== undefined) return failure('job/said-failure', { rc, line, tail });
  return failure('job/exit-status', { rc, tail });
}

/** An error of a dialogue with what its hints say of the text. */
export function withHint(error: ChatsctlError, text: string, { dialogue }: Followable): ChatsctlError {
  const hint = dialogue.hints.find(({ pattern }) => pattern.test(text))?.text;
  if (hint === undefined) return error;
  const [first, ...rest] = error.diagnostics;
  const ru = russianOf({ hint });
  return new ChatsctlError([{ ...first, hint: inEnglish(hint), ...(ru && { ru }) }, ...rest], { cause: error });
}
