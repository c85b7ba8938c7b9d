import { isList, isMap, Unknown, type Value } from '../base/value.js';
import { isScoped, type PartialBlock, type Path, type Program } from './template-ast.js';
import type { Variables } from './variables.js';

/** Where an expression stands: what `this`, `../`, `@index`, block parameters and inline partials mean there. */
export interface TemplateContext {
  /** `this`; undefined at the top, where names are variables. */
  readonly current: Value | undefined;
  /** `../` */
  readonly outer?: TemplateContext;
  readonly data: Readonly<Record<string, Value>>;
  readonly outerData?: TemplateContext;
  readonly blockParams: Readonly<Record<string, Value>>;
  readonly partials: Readonly<
    Record<string, { readonly program: Program; readonly context?: TemplateContext; readonly block?: PartialBlock }>
  >;
}

export const TOP: TemplateContext = { current: undefined, data: {}, blockParams: {}, partials: {} };

/** A path's value; undefined when a part of it does not exist. An unknown on the way is the answer. */
export function resolvePath(path: Path, context: TemplateContext, variables: Variables): Value | undefined {
  const [first, ...rest] = path.parts;
  if (path.data) return resolveData(path, context, variables);
  if (first !== undefined && path.depth === 0 && !isScoped(path) && Object.hasOwn(context.blockParams, first)) {
    return walk(context.blockParams[first], rest);
  }
  let at: TemplateContext | undefined = context;
  for (let depth = path.depth; depth > 0 && at; depth--) at = at.outer;
  if (!at) return undefined;
  if (at.current !== undefined) return walk(at.current, path.parts);
  return first === undefined ? variables.get('vars') : walk(variables.get(first), rest);
}

function resolveData(path: Path, context: TemplateContext, variables: Variables): Value | undefined {
  const [name = '', ...rest] = path.parts;
  if (name === 'root') return rest[0] === undefined ? variables.get('vars') : walk(variables.get(rest[0]), rest.slice(1));
  let at: TemplateContext | undefined = context;
  for (let depth = path.depth; depth > 0 && at; depth--) at = at.outerData;
  return at && Object.hasOwn(at.data, name) ? walk(at.data[name], rest) : undefined;
}

export function walk(start: Value | undefined, parts: readonly string[]): Value | undefined {
  let value = start;
  for (const part of parts) {
    if (value === undefined || value instanceof Unknown) return value;
    value = property(value, part);
  }
  return value;
}

/** Own entries of a mapping, items of a list by index, and the `length` of lists and strings. */
export function property(value: Value, key: string): Value | undefined {
  if (isList(value)) return key === 'length' ? value.length : /^\d+$/.test(key) ? value[Number(key)] : undefined;
  if (typeof value === 'string') return key === 'length' ? value.length : undefined;
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
