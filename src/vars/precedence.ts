import type { Position } from '../base/position.js';
import type { SourceValue } from '../base/template-text.js';
import type { Value } from '../base/value.js';

interface LevelDefinition {
  readonly name: string;
  /** As an operator reads it: "set by <title>". */
  readonly title: string;
  /** What hosts, the store, prompts or the tool itself said: never rendered. */
  readonly plain?: true;
}

/** The ladder, low to high: what stands lower in this list wins. A value is replaced whole, mappings are not merged. */
export const LEVELS = [
  { name: 'role-defaults', title: 'role defaults' },
  { name: 'inventory-group-vars', title: 'inventory group variables' },
  { name: 'inventory-host-vars', title: 'inventory host variables' },
  { name: 'store', title: 'the secrets store', plain: true },
  { name: 'facts', title: 'facts', plain: true },
  { name: 'play-vars', title: 'play vars' },
  { name: 'vars-prompt', title: 'vars_prompt', plain: true },
  { name: 'vars-files', title: 'vars_files' },
  { name: 'role-vars', title: 'role vars' },
  { name: 'block-vars', title: 'block vars' },
  { name: 'task-vars', title: 'task vars' },
  { name: 'include-vars', title: 'include_vars' },
  { name: 'results', title: 'set_fact or register', plain: true },
  { name: 'parameters', title: 'role or include parameters' },
  { name: 'extra-vars', title: '-e' },
  { name: 'magic', title: 'the tool itself', plain: true },
] as const satisfies readonly LevelDefinition[];

export type Level = (typeof LEVELS)[number]['name'];

export interface Layer {
  readonly level: Level;
  /** A `lazyMap` computes its values when they are asked for. */
  readonly values: Readonly<Record<string, SourceValue | Value>>;
  /** Where a variable was written, for messages. */
  readonly position?: ((name: string) => Position | undefined) | undefined;
}

const definitions: ReadonlyMap<string, LevelDefinition & { rank: number }> = new Map(
  LEVELS.map((level, rank) => [level.name, { ...level, rank }]),
);

export function levelOf(level: Level): LevelDefinition & { readonly rank: number } {
  const found = definitions.get(level);
  if (!found) throw new Error(`no level ${level}`);
  return found;
}

/** Highest first; among layers of one level the later one given wins. */
export function sortLayers(layers: readonly Layer[]): readonly Layer[] {
  return [...layers].reverse().sort((a, b) => levelOf(b.level).rank - levelOf(a.level).rank);
}
