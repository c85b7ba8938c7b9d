import type { Diagnostics } from '../base/errors.js';
import type { Position } from '../base/position.js';
import type { SourceValue } from '../base/template-text.js';
import type { YamlEntry } from '../source/node.js';
import { toSourceValue } from '../source/source-value.js';
import { checkConnectionVariable } from './check-variable.js';
import { jinjaIn } from './jinja.js';

/** Variables that were written together: templates kept, with the place of each name. */
export interface VariableSet {
  readonly values: Readonly<Record<string, SourceValue>>;
  /** Of the variable's name where it was written. */
  position(name: string): Position | undefined;
}

export interface SetVariable {
  readonly value: SourceValue;
  readonly position: Position | undefined;
}

export function variableSet(variables: ReadonlyMap<string, SetVariable>): VariableSet {
  return {
    values: Object.fromEntries([...variables].map(([name, { value }]) => [name, value])),
    position: (name) => variables.get(name)?.position,
  };
}

/** Variables as they are written, checked as far as that can be done before they are rendered: Jinja, and connection variables. */
export function readVariables(entries: readonly YamlEntry[], diagnostics: Diagnostics): Map<string, SetVariable> {
  const variables = new Map<string, SetVariable>();
  for (const { key, keyPosition, value: node } of entries) {
    const value = toSourceValue(node);
    variables.set(key, { value, position: keyPosition });
    diagnostics.push(...jinjaIn(value));
    const wrong = diagnostics.collect(() => checkConnectionVariable(key, value, node.position));
    if (wrong) diagnostics.push(wrong);
  }
  return variables;
}
