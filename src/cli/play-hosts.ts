import type { Diagnostic } from '../base/errors.js';
import type { SourceValue } from '../base/template-text.js';
import { isList } from '../base/value.js';
import type { Inventory } from '../inventory/inventory.js';
import type { Play } from '../playbook/tree.js';
import { Scope } from '../vars/scope.js';

export interface HostChoice {
  readonly inventory: Inventory;
  readonly limit: string | undefined;
  readonly cwd: string;
  /** `-e`: a pattern may be made of it. */
  readonly extraVars: Readonly<Record<string, SourceValue>>;
}

/** The patterns of a play before anything runs; undefined where only the run can tell them. */
export function patternsOf(play: Play, extraVars: HostChoice['extraVars']): string[] | undefined {
  const scope = Scope.of([
    { level: 'play-vars', values: play.keywords.vars ?? {} },
    { level: 'extra-vars', values: extraVars },
  ]);
  try {
    const value = scope.render(play.hosts);
    return isList(value) ? value.map(String) : [String(value)];
  } catch {
    return undefined;
  }
}

/** The hosts that a play will be for; undefined where only the run can tell. Unknown names in the pattern are warnings. */
export function hostsOf(play: Play, choice: HostChoice, warn: (warning: Diagnostic) => void = () => {}): readonly string[] | undefined {
  const patterns = patternsOf(play, choice.extraVars);
  const { inventory, limit, cwd } = choice;
  return patterns && inventory.match(patterns, { limit, cwd, warn, position: play.hostsPosition });
}
