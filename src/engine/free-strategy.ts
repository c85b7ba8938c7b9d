import { diagnostic } from '../base/errors.js';
import type { Position } from '../base/position.js';
import type { EffectiveKeywords } from '../playbook/tree.js';
import type { Scope } from '../vars/scope.js';
import type { RunningPlay } from './running-play.js';
import { truthOr } from './truth.js';

/** What needs the hosts side by side does not hold under `strategy: free`, as in Ansible; a task that asks for it is warned of. */
export function warnOfFree(play: RunningPlay, keywords: EffectiveKeywords, scope: Scope, position: Position): void {
  if (play.play.strategy !== 'free') return;
  if (truthOr(false, 'any_errors_fatal', keywords.anyErrorsFatal, scope)) warn(play, 'any_errors_fatal', position);
  if (truthOr(false, 'run_once', keywords.runOnce, scope)) warn(play, 'run_once', position);
}

/** Of a play: `max_fail_percentage`. */
export function warnOfFreePlay(play: RunningPlay): void {
  const { strategy, maxFailPercentage, position } = play.play;
  if (strategy === 'free' && maxFailPercentage !== null) warn(play, 'max_fail_percentage', position);
}

/** Once a run for each keyword. */
function warn({ context }: RunningPlay, keyword: string, position: Position): void {
  if (context.warned.has(keyword)) return;
  context.warned.add(keyword);
  context.emit({ type: 'diagnostic', diagnostic: diagnostic('play/free', { keyword }, { position, severity: 'warning' }) });
}
