import type { ParseResult } from '@marcbachmann/cel-js';
import { compileRegex } from '../base/compile-regex.js';
import { failure } from '../base/errors.js';
import { environment, SAFE_MATCHES } from './cel-environment.js';
import { celFailure, jinjaError, positionOf } from './cel-failure.js';
import { conditionHabit } from './cel-jinja.js';
import { type References, referencesOf } from './cel-references.js';
import { typeError } from './cel-type-error.js';
import type { LocatedText } from './locate.js';

export interface CompiledExpression {
  readonly run: ParseResult;
  /** As far as it is known without variables: `bool`, `string`, `dyn`. */
  readonly type: string;
  readonly references: References;
}

const known = new Map<string, CompiledExpression>();

/** Parsed and checked once per text. Errors: `expression/syntax`, `jinja`, `reserved-word`, `type`, `regex`, at the place in the source. */
export function compile(source: LocatedText): CompiledExpression {
  const compiled = known.get(source.text) ?? compileText(source);
  known.set(source.text, compiled);
  return compiled;
}

function compileText(source: LocatedText): CompiledExpression {
  const references = referencesOf(parse(source, source.text).ast);
  refuseCapitals(source, references);
  for (const { literal } of references.regexes)
    if (literal) compileRegex(literal.text, source.at(literal.start, literal.end - literal.start));
  const run = references.regexes.length > 0 ? parse(source, withSafeMatches(source.text, references)) : parse(source, source.text);
  const checked = run.check();
  if (!checked.valid) throw staticError(source, checked.error);
  return { run, type: checked.type ?? 'dyn', references };
}

function parse(source: LocatedText, text: string): ParseResult {
  try {
    return environment.parse(text);
  } catch (error) {
    throw parseError(source, error);
  }
}

function withSafeMatches(text: string, { regexes }: References): string {
  let written = text;
  for (const { start } of regexes) written = written.slice(0, start) + SAFE_MATCHES + written.slice(start + SAFE_MATCHES.length);
  return written;
}

/** True, False and None are names to CEL. */
function refuseCapitals(source: LocatedText, { variables }: References): void {
  const word = variables.find(({ name }) => /^(True|False|None)$/.test(name));
  if (word)
    throw jinjaError(source, { found: word.name, instead: word.name === 'None' ? 'null' : word.name.toLowerCase(), offset: word.start });
}

function parseError(source: LocatedText, error: unknown): unknown {
  const found = celFailure(error);
  if (!found) return error;
  const position = positionOf(source, found.range);
  if (found.code === 'reserved_identifier') {
    const name = found.range ? source.text.slice(found.range.start, found.range.end) : '';
    return failure('expression/reserved-word', { name }, { position });
  }
  const habit = conditionHabit(source.text);
  if (habit) return jinjaError(source, habit);
  const reason =
    source.text.trim() === '' ? 'it is empty' : found.reason.replace(/^Unexpected token: EOF$/, 'it ends too early').replace(/^U/, 'u');
  return failure('expression/syntax', { reason }, { position, cause: error });
}

function staticError(source: LocatedText, error: unknown): unknown {
  const found = celFailure(error);
  if (!found) return error;
  return typeError(source, found, error);
}
