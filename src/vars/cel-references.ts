import type { ASTNode } from '@marcbachmann/cel-js';

/** A variable in an expression, by its range in the text. */
export interface Reference {
  readonly name: string;
  /** With its keys, as far as they are written out. */
  readonly path: readonly string[];
  readonly start: number;
  readonly end: number;
  /** Inside `default` or `defined`: it need not exist. */
  readonly guarded: boolean;
}

export interface RegexUse {
  /** Of the method's name in the text. */
  readonly start: number;
  /** Written out in the expression. */
  readonly literal: { readonly text: string; readonly start: number; readonly end: number } | undefined;
}

export interface References {
  readonly variables: readonly Reference[];
  readonly regexes: readonly RegexUse[];
}

const TYPES: ReadonlySet<string> = new Set('bool int uint double string bytes list map null_type type dyn optional cel google'.split(' '));
const MACROS: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

export function referencesOf(ast: ASTNode): References {
  const found: Found = { variables: [], regexes: [] };
  visit(ast, found, new Set(), false);
  return found;
}

interface Found {
  readonly variables: Reference[];
  readonly regexes: RegexUse[];
}

function visit(node: ASTNode, found: Found, locals: ReadonlySet<string>, guarded: boolean): void {
  const path = pathOf(node);
  if (path) {
    const [name = ''] = path;
    if (!locals.has(name) && !TYPES.has(name)) found.variables.push({ name, path, start: node.start, end: node.end, guarded });
    return;
  }
  switch (node.op) {
    case 'value':
    case 'id':
      break;
    case '.':
    case '.?':
      visit(node.args[0], found, locals, guarded);
      break;
    case 'call':
      visitCall(node.args[0], node.args[1], found, locals, guarded);
      break;
    case 'rcall':
      visitMethod(node, found, locals, guarded);
      break;
    case 'map':
      for (const [key, value] of node.args) for (const each of [key, value]) visit(each, found, locals, guarded);
      break;
    case '!_':
    case '-_':
      visit(node.args, found, locals, guarded);
      break;
    default:
      for (const each of node.args) visit(each, found, locals, guarded);
  }
}

function visitCall(name: string, args: readonly ASTNode[], found: Found, locals: ReadonlySet<string>, guarded: boolean): void {
  const [first, ...rest] = args;
  if (name === 'defined' && first?.op === 'value' && typeof first.args === 'string') {
    const path = first.args.split('.');
    found.variables.push({ name: path[0] ?? '', path, start: first.start, end: first.end, guarded: true });
    return;
  }
  if (first) visit(first, found, locals, guarded || name === 'default');
  for (const each of rest) visit(each, found, locals, guarded);
}

function visitMethod(node: Extract<ASTNode, { op: 'rcall' }>, found: Found, locals: ReadonlySet<string>, guarded: boolean): void {
  const [name, receiver, args] = node.args;
  const [first, ...rest] = args;
  visit(receiver, found, locals, guarded);
  const binds = (MACROS.has(name) && rest.length > 0) || (name === 'bind' && receiver.op === 'id' && receiver.args === 'cel');
  if (binds && first?.op === 'id') {
    for (const each of rest) visit(each, found, new Set([...locals, first.args]), guarded);
    return;
  }
  if (name === 'matches') found.regexes.push({ start: methodStart(node.input, receiver.end, name), literal: literalOf(first) });
  for (const each of args) visit(each, found, locals, guarded);
}

/** Between the receiver and the arguments stand at most `)`, white space, comments and the dot. */
function methodStart(input: string, from: number, name: string): number {
  const dot = /^(?:[\s)]|\/\/.*)*\.(?:\s|\/\/.*)*/.exec(input.slice(from))?.[0].length ?? 0;
  return input.startsWith(name, from + dot) ? from + dot : input.indexOf(name, from);
}

function literalOf(node: ASTNode | undefined): RegexUse['literal'] {
  return node?.op === 'value' && typeof node.args === 'string' ? { text: node.args, start: node.start, end: node.end } : undefined;
}

/** `a.b["c"]` as a, b, c; undefined for anything that is not a variable with written keys. */
function pathOf(node: ASTNode): readonly string[] | undefined {
  if (node.op === 'id') return [node.args];
  if (node.op === '.') {
    const left = pathOf(node.args[0]);
    return left && [...left, node.args[1]];
  }
  if (node.op === '[]' && node.args[1].op === 'value' && typeof node.args[1].args === 'string') {
    const left = pathOf(node.args[0]);
    return left && [...left, node.args[1].args];
  }
  return undefined;
}
