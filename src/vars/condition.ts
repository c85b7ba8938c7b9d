import { ChatsctlError, failure } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import type { Position } from '../base/position.js';
import { Unknown, type Value } from '../base/value.js';
import { type CompiledExpression, compile } from './cel-compile.js';
import { Evaluation, evaluating } from './cel-environment.js';
import { celFailure, positionOf } from './cel-failure.js';
import { typeError } from './cel-type-error.js';
import { fromCel, UnknownReached } from './cel-values.js';
import { describeKind } from './describe.js';
import { HelperError } from './helpers/helper.js';
import { type LocatedText, scalarText } from './locate.js';
import type { VariableUse } from './template-references.js';
import type { Variables } from './variables.js';

/** A CEL expression out of a playbook. */
export class Expression {
  private readonly source: LocatedText;
  private readonly compiled: CompiledExpression;

  /** Throws `expression/*` for what can be known without variables. */
  constructor(
    readonly text: string,
    readonly position: Position,
  ) {
    this.source = scalarText(text, position);
    this.compiled = compile(this.source);
  }

  /** `bool`, `string`, …, or `dyn` where it depends on variables. */
  get staticType(): string {
    return this.compiled.type;
  }

  get uses(): readonly VariableUse[] {
    return this.compiled.references.variables.map(({ name, path, start, end, guarded }) => {
      return { name, path, guarded, position: this.source.at(start, end - start) };
    });
  }

  /** The variable's name when the expression is nothing else. */
  get plainName(): string | undefined {
    const { ast } = this.compiled.run;
    return ast.op === 'id' ? ast.args : undefined;
  }

  /** Its value; the Unknown that it depends on, where one decides. */
  evaluate(variables: Variables): Value {
    const evaluation = new Evaluation(variables);
    try {
      const result: unknown = evaluating(evaluation, () => this.compiled.run(evaluation));
      this.refuseHidden(evaluation);
      const value = fromCel(result);
      if (value === undefined) throw failure('expression/type', { reason: 'the result is no value' }, { position: this.position });
      return value;
    } catch (error) {
      if (error instanceof UnknownReached) {
        this.refuseHidden(evaluation);
        return error.unknown;
      }
      throw this.translate(error, variables);
    }
  }

  place(start: number, end: number): Position {
    return this.source.at(start, Math.max(1, end - start));
  }

  /** CEL lets `error || true` be true; a name that does not exist stays an error, or a misspelt one would never be found. */
  private refuseHidden(evaluation: Evaluation): void {
    const [error] = evaluation.errors;
    if (error !== undefined) throw error;
    const [name] = evaluation.undefinedNames;
    if (name !== undefined) throw this.undefinedError(name, evaluation.variables);
  }

  private undefinedError(name: string, variables: Variables): ChatsctlError {
    const found = this.compiled.references.variables.find((each) => each.name === name);
    const position = found ? this.place(found.start, found.start + name.length) : this.position;
    const close = nearest(name, variables.names());
    return failure('expression/undefined', { name }, { position, nearest: close });
  }

  private translate(error: unknown, variables: Variables): unknown {
    if (error instanceof ChatsctlError)
      return error.diagnostics[0].position ? error : new ChatsctlError([{ ...error.diagnostics[0], position: this.position }]);
    if (error instanceof HelperError)
      return failure('expression/failed', { reason: error.message }, { position: this.position, cause: error });
    const found = celFailure(error);
    if (!found) return error;
    const position = positionOf(this.source, found.range);
    switch (found.code) {
      case 'unknown_variable':
        return this.undefinedError(this.source.text.slice(found.range?.start ?? 0, found.range?.end), variables);
      case 'no_such_key':
      case 'index_out_of_bounds':
        return this.missingKey(found.range ?? { start: 0, end: 0 }, variables, found.reason);
      case 'no_such_overload':
      case 'no_matching_overload':
      case 'invalid_logical_operand':
      case 'invalid_condition_type':
      case 'unsupported_type':
        return typeError(this.source, found, error);
      default:
        return failure('expression/failed', { reason: found.reason }, { position, cause: error });
    }
  }

  private missingKey(range: { start: number; end: number }, variables: Variables, reason: string): ChatsctlError {
    const use = this.compiled.references.variables.find((each) => each.start <= range.start && range.end <= each.end);
    const position = this.place(range.start, range.end);
    const [, index] = /index (\d+) >=/.exec(reason) ?? [];
    if (index !== undefined) {
      const of = this.source.text.slice(range.start, range.end).replace(/\[[^[]*$/, '');
      return failure('expression/no-such-key', { key: index, of }, { position });
    }
    if (!use) return failure('expression/failed', { reason }, { position });
    let value: unknown = variables.get(use.name);
    for (const [index, key] of use.path.entries()) {
      if (index === 0) continue;
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) {
        const close = typeof value === 'object' && value !== null ? nearest(key, Object.keys(value)) : undefined;
        const of = use.path.slice(0, index).join('.');
        return failure('expression/no-such-key', { key, of }, { position, nearest: close });
      }
      value = Reflect.get(value, key);
    }
    return failure('expression/failed', { reason }, { position });
  }
}

/** An expression that must be true or false. */
export class Condition {
  private readonly expression: Expression;

  constructor(text: string, position: Position) {
    this.expression = new Expression(text, position);
    const type = this.expression.staticType;
    if (type !== 'bool' && type !== 'dyn')
      throw failure('expression/not-boolean', { expression: text, found: `of type ${type}` }, { position });
  }

  get text(): string {
    return this.expression.text;
  }

  get uses(): readonly VariableUse[] {
    return this.expression.uses;
  }

  /** `unknown` where only the real run can tell, with what would have to run. */
  evaluate(variables: Variables): boolean | { readonly unknown: string } {
    const value = this.expression.evaluate(variables);
    if (typeof value === 'boolean') return value;
    if (value instanceof Unknown) return { unknown: value.reason };
    const { text, position, plainName } = this.expression;
    const found = describeKind(value);
    if (plainName === undefined) throw failure('expression/not-boolean', { expression: text, found }, { position });
    const origin = variables.origin(plainName);
    const named = origin?.place ? `${origin.title} (${origin.place})` : (origin?.title ?? 'an unknown place');
    throw failure('expression/variable-not-boolean', { name: plainName, found, origin: named }, { position });
  }
}

/** A condition, its text parsed once however often it is written. Throws `expression/*` with the place in the source. */
export function compileCondition(text: string, position: Position): Condition {
  return new Condition(text, position);
}

export function compileExpression(text: string, position: Position): Expression {
  return new Expression(text, position);
}

/** The value of a CEL expression; an Unknown where it depends on one. */
export function evaluateExpression(text: string, position: Position, variables: Variables): Value {
  return new Expression(text, position).evaluate(variables);
}
