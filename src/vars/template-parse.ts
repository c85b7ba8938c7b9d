import Handlebars from 'handlebars';
import { type ChatsctlError, failure } from '../base/errors.js';
import { fromJinja, jinjaStatement } from './jinja.js';
import type { LocatedText } from './locate.js';
import type { Location, Mustache, Program } from './template-ast.js';

const handlebars = Handlebars.create();

export interface ParsedTemplate {
  readonly program: Program;
  /** The only expression, when the template is nothing else: its value keeps its type. */
  readonly single: Mustache | undefined;
  offset(place: { readonly line: number; readonly column: number }): number;
}

interface ParseFailure {
  readonly reason: string;
  readonly offset: number;
  readonly length: number;
}

const known = new Map<string, ParsedTemplate | ParseFailure>();

/** Parsed once per text. Errors: `template/syntax`, `template/jinja`, at the place in the source. */
export function parseTemplate(source: LocatedText): ParsedTemplate {
  let parsed = known.get(source.text);
  if (!parsed) {
    parsed = parse(source.text);
    known.set(source.text, parsed);
  }
  if ('program' in parsed) return parsed;
  throw (
    jinjaInstead(source, parsed.offset) ??
    failure('template/syntax', { reason: parsed.reason }, { position: source.at(parsed.offset, parsed.length) })
  );
}

/** The error that shows the Handlebars for Jinja at this offset; undefined where it does not look like Jinja. */
export function jinjaInstead(source: LocatedText, offset: number): ChatsctlError | undefined {
  const open = source.text.lastIndexOf('{{', offset);
  const close = source.text.indexOf('}}', open);
  if (open < 0 || close < 0) return undefined;
  const whole = source.text.slice(open, close + 2);
  const instead = fromJinja(whole.replace(/^\{\{-?|-?\}\}$/g, ''));
  return instead === undefined
    ? undefined
    : failure('template/jinja', { found: whole, instead }, { position: source.at(open, whole.length) });
}

function parse(text: string): ParsedTemplate | ParseFailure {
  const starts = lineStarts(text);
  const offset = (place: { line: number; column: number }) => (starts[place.line - 1] ?? 0) + place.column;
  try {
    const program = handlebars.parse(text) as unknown;
    if (!isProgram(program)) throw new Error('Handlebars answered no program');
    const [only, ...others] = program.body;
    return { program, single: only?.type === 'MustacheStatement' && others.length === 0 ? only : undefined, offset };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return parseFailure(error, text, offset);
  }
}

function isProgram(value: unknown): value is Program {
  return typeof value === 'object' && value !== null && 'body' in value;
}

/** Handlebars' own errors name a line at most; its lexer still knows where it stood. */
function parseFailure(error: Error, text: string, offset: ParsedTemplate['offset']): ParseFailure {
  const placed = /^(.*) - (\d+):(\d+)$/s.exec(error.message);
  if (placed) return { reason: placed[1] ?? '', offset: offset({ line: Number(placed[2]), column: Number(placed[3]) }), length: 1 };
  const token = lexerLocation();
  const at = token ? Math.min(offset({ line: token.first_line, column: token.first_column }), text.length) : 0;
  if (text.slice(at).trim() === '' && /got 'EOF'/.test(error.message)) {
    const open = [...text.matchAll(/\{\{[{~]*#\s*([\w-]+)/g)].at(-1);
    return open
      ? { reason: `the block {{#${open[1]}}} is not closed by {{/${open[1]}}}`, offset: open.index, length: open[0].length }
      : { reason: 'an expression is not closed by }}', offset: Math.max(0, text.lastIndexOf('{{')), length: 2 };
  }
  const found = /^\s*(\}\}|\S[^\s}]*)/.exec(text.slice(at))?.[1] ?? '';
  if (!text.slice(at).includes('}}'))
    return { reason: 'an expression is not closed by }}', offset: Math.max(0, text.lastIndexOf('{{', at)), length: 2 };
  return { reason: `unexpected "${found}"`, offset: at, length: Math.max(1, found.length) };
}

function lexerLocation(): { first_line: number; first_column: number } | undefined {
  const parser: unknown = Reflect.get(handlebars, 'Parser');
  const lexer: unknown = typeof parser === 'object' && parser !== null ? Reflect.get(parser, 'lexer') : undefined;
  const location: unknown = typeof lexer === 'object' && lexer !== null ? Reflect.get(lexer, 'yylloc') : undefined;
  if (typeof location !== 'object' || location === null || !('first_line' in location) || !('first_column' in location)) return undefined;
  const { first_line, first_column } = location;
  return typeof first_line === 'number' && typeof first_column === 'number' ? { first_line, first_column } : undefined;
}

/** Handlebars' lexer ends a line at CR LF, CR or LF. */
function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\r\n?|\n/g)].map((match) => match.index + match[0].length)];
}

/** The range of a node, as offset and length in the template's text. */
export function rangeOf(parsed: ParsedTemplate, loc: Location): readonly [offset: number, length: number] {
  const start = parsed.offset(loc.start);
  return [start, Math.max(1, parsed.offset(loc.end) - start)];
}

/** `{% if %}` is plain text to Handlebars: found before it is written into a file. */
export function refuseJinjaStatements(source: LocatedText): void {
  const habit = jinjaStatement(source.text);
  if (habit)
    throw failure(
      'template/jinja',
      { found: habit.found, instead: habit.instead },
      { position: source.at(habit.offset, habit.found.length) },
    );
}
