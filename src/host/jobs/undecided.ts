import { type ChatsctlError, failure } from '../../base/errors.js';
import type { Capture, Dialogue } from './dialogue.js';
import type { Judgement } from './judgement.js';
import type { TailMask } from './tail.js';

/**
 * What a program that ended with 0 is reported as when its words decide nothing. Its output stays on the host and it is not run again by
 * itself: the operator mends a pattern, whose variable the error names with a line to paste.
 */
export function undecided(
  judgement: Exclude<Judgement, { kind: 'succeeded' | 'failed' }>,
  { id, dialogue, mask, text }: { id: string; dialogue: Dialogue; mask: TailMask; text: string },
): ChatsctlError {
  // All of it first: the tail may hold what only more of the text shows to be a secret.
  mask.mask(text);
  const tail = mask.tail(text);
  switch (judgement.kind) {
    case 'no-success': {
      const names = dialogue.success.flatMap(({ variable }) => variable ?? []);
      const [variable = 'success'] = names;
      return failure('job/no-success', { id, variables: names.join(', ') || 'success', lines: `${variable}: '(?i)WORDS'`, tail });
    }
    case 'no-capture':
      return failure('job/no-capture', { id, ...named(judgement.captures), tail });
    case 'ambiguous':
      return failure('job/ambiguous-capture', { id, ...named(judgement.captures), tail });
    case 'contradictory': {
      const line = mask.mask(judgement.line);
      return failure('job/contradictory', { id, line, variable: judgement.failure.variable ?? 'failure', tail });
    }
  }
}

function named(captures: readonly Capture[]): { names: string; variables: string; lines: string } {
  const variables = captures.map(({ name, variable }) => variable ?? `captures.${name}.pattern`);
  return {
    names: captures.map(({ name }) => name).join(', '),
    variables: variables.join(', '),
    lines: variables.map((variable) => `${variable}: '(?i)WORDS:\\s*(?P<value>\\S+)'`).join('; '),
  };
}
