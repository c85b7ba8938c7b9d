import { type Diagnostic, diagnostic } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import type { Position } from '../base/position.js';
import { findHelper, helperNames } from './helpers/registry.js';
import type { LocatedText } from './locate.js';
import { type Block, type Call, type Expression, helperName, isScoped, type Path, type Program, type Statement } from './template-ast.js';
import { jinjaInstead, type ParsedTemplate, rangeOf } from './template-parse.js';

/** One use of a variable in a template or a condition. */
export interface VariableUse {
  readonly name: string;
  /** With its keys, as far as they are written out. */
  readonly path: readonly string[];
  readonly position: Position;
  /** Inside `default` or after `defined`: it need not exist. */
  readonly guarded: boolean;
}

const BLOCKS: ReadonlySet<string> = new Set(['if', 'unless', 'each', 'with', 'raw', 'inline']);

interface Place {
  /** Whether plain names are variables here; inside #each and #with they are the item's. */
  readonly top: boolean;
  /** How many `../` lead to the top. */
  readonly depth: number;
  readonly locals: ReadonlySet<string>;
  readonly guarded: boolean;
}

interface Found {
  path(path: Path, place: Place): void;
  call(node: Call & { readonly loc: Path['loc'] }, path: Expression): void;
}

export function usesOf(source: LocatedText, parsed: ParsedTemplate): VariableUse[] {
  const uses: VariableUse[] = [];
  visit(parsed.program, {
    path: (path, place) => {
      const parts = variablePath(path, place);
      const [name] = parts ?? [];
      if (parts && name !== undefined)
        uses.push({ name, path: parts, position: source.at(...rangeOf(parsed, path.loc)), guarded: place.guarded });
    },
    call: () => {},
  });
  return uses;
}

/** Helpers that do not exist, and calls with too few or too many arguments. */
export function checkCalls(source: LocatedText, parsed: ParsedTemplate): Diagnostic[] {
  const found: Diagnostic[] = [];
  visit(parsed.program, {
    path: () => {},
    call: (node, path) => {
      const name = helperName(path);
      const helper = name === undefined ? undefined : findHelper(name);
      const position = source.at(...rangeOf(parsed, path.loc));
      if (!helper) {
        const written = path.type === 'PathExpression' ? path.original : 'expression';
        const close = nearest(written, helperNames());
        const jinja = jinjaInstead(source, rangeOf(parsed, path.loc)[0]);
        found.push(...(jinja?.diagnostics ?? [diagnostic('template/unknown-helper', { name: written }, { position, nearest: close })]));
      } else if (node.params.length < helper.arity[0] || node.params.length > helper.arity[1]) {
        const count = node.params.length;
        const params = {
          helper: helper.name,
          found: `${count || 'no'} argument${count === 1 || count === 0 ? '' : 's'}`,
          expected: helper.signature,
        };
        found.push(diagnostic('template/arguments', params, { position }));
      }
    },
  });
  return found;
}

function variablePath(path: Path, place: Place): readonly string[] | undefined {
  if (path.data) return path.parts[0] === 'root' ? path.parts.slice(1) : undefined;
  if (path.depth === 0 && !isScoped(path) && place.locals.has(path.parts[0] ?? '')) return undefined;
  return place.depth === path.depth || (place.top && path.depth === 0) ? path.parts : undefined;
}

function visit(program: Program, found: Found): void {
  visitProgram(program, found, { top: true, depth: 0, locals: new Set(), guarded: false });
}

function visitProgram(program: Program | undefined, found: Found, place: Place): void {
  const locals = new Set([...place.locals, ...(program?.blockParams ?? [])]);
  for (const statement of program?.body ?? []) visitStatement(statement, found, { ...place, locals });
}

function visitStatement(statement: Statement, found: Found, place: Place): void {
  switch (statement.type) {
    case 'MustacheStatement': {
      const { path } = statement;
      const isCall = statement.params.length > 0 || (statement.hash?.pairs.length ?? 0) > 0;
      if (path.type === 'SubExpression' || !isCall) {
        visitExpression(path, found, place);
        break;
      }
      found.call(statement, path);
      visitArguments(statement, found, place, helperName(path));
      break;
    }
    case 'BlockStatement':
      visitBlock(statement, found, place);
      break;
    case 'PartialStatement':
      visitArguments(statement, found, place);
      break;
    case 'PartialBlockStatement':
      visitArguments(statement, found, place);
      visitProgram(statement.program, found, place);
      break;
    case 'DecoratorBlock':
      // What an inline partial's names mean is decided where it is used.
      visitProgram(statement.program, found, { ...place, top: false, depth: -1 });
      break;
  }
}

function visitBlock(block: Block, found: Found, place: Place): void {
  const name = helperName(block.path) ?? '';
  const isSection = !BLOCKS.has(name) && block.params.length === 0;
  if (isSection) visitExpression(block.path, found, place);
  else if (!BLOCKS.has(name)) found.call(block, block.path);
  visitArguments(block, found, place, BLOCKS.has(name) ? undefined : name);
  const enters = name === 'each' || name === 'with' || isSection;
  visitProgram(block.program, found, enters ? { ...place, top: false, depth: place.depth + 1 } : place);
  visitProgram(block.inverse, found, place);
}

function visitArguments(node: Call, found: Found, place: Place, helper?: string): void {
  const [first, ...rest] = node.params;
  if (helper === 'defined' && first?.type === 'StringLiteral') {
    const [name = '', ...keys] = first.value.split('.');
    found.path(
      { ...first, type: 'PathExpression', data: true, depth: 0, parts: ['root', name, ...keys], original: first.value },
      { ...place, guarded: true },
    );
    return;
  }
  if (first) visitExpression(first, found, helper === 'default' ? { ...place, guarded: true } : place);
  for (const each of rest) visitExpression(each, found, place);
  for (const pair of node.hash?.pairs ?? []) visitExpression(pair.value, found, place);
}

function visitExpression(node: Expression, found: Found, place: Place): void {
  if (node.type === 'PathExpression') found.path(node, place);
  if (node.type !== 'SubExpression') return;
  found.call(node, node.path);
  visitArguments(node, found, place, helperName(node.path));
}
