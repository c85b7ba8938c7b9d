import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { compileRegex } from '../base/compile-regex.js';
import { DebianVersion } from '../base/debian-version.js';
import { Unknown, type Value } from '../base/value.js';
import { celEntry, fromCel, toCel, UnknownReached } from './cel-values.js';
import { HelperError } from './helpers/helper.js';
import { findHelper } from './helpers/registry.js';
import { walk } from './template-context.js';
import type { Variables } from './variables.js';

/** One evaluation's variables, materialised when the expression reads them. */
export class Evaluation extends Map<string, unknown> {
  /** Names that were read and do not exist, and variables that could not be rendered: no `||` makes these go away. */
  readonly undefinedNames: string[] = [];
  readonly errors: unknown[] = [];

  constructor(readonly variables: Variables) {
    super();
  }

  override get(name: string): unknown {
    let value: Value | undefined;
    try {
      value = this.variables.get(name);
    } catch (error) {
      this.errors.push(error);
      throw error;
    }
    if (value === undefined) this.undefinedNames.push(name);
    return value === undefined ? undefined : toCel(value);
  }
}

/** Evaluation is synchronous: functions find their variables here. */
let current: Evaluation | undefined;

export function evaluating<T>(evaluation: Evaluation, act: () => T): T {
  const before = current;
  current = evaluation;
  try {
    return act();
  } finally {
    current = before;
  }
}

/** The part of cel-js's macro protocol that `default` needs; its own types leave it open. */
interface MacroContext {
  check(node: ASTNode, context: unknown): unknown;
  getType(name: string): unknown;
}

interface MacroEvaluator {
  run(node: ASTNode, context: unknown): unknown;
}

/** Takes the place of `matches`, which runs JavaScript's regular expressions and cannot be overridden: as long as that name, so ranges hold. */
export const SAFE_MATCHES = 're2find';

/** Template helpers that are functions of conditions too. */
const SHARED_HELPERS = [
  'basename',
  'dirname',
  'domain_ascii',
  'domain_service',
  'domain_unicode',
  'domain_zone',
  'ipaddr',
  'registrable_domain',
] as const;

export const environment = build();

function build(): Environment {
  const made = new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false, unlistedVariablesAreDyn: true });
  registerArithmetic(made);
  registerVersions(made);
  registerTests(made);
  made.registerFunction(`string.${SAFE_MATCHES}(string): bool`, (text: string, pattern: string) => compileRegex(pattern).test(text));
  for (const name of SHARED_HELPERS) registerHelper(made, name);
  return made;
}

/** Where one side is an int and the other a double the result is a double. */
function registerArithmetic(made: Environment): void {
  const operators: Readonly<Record<string, (a: number, b: number) => number>> = {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': (a, b) => a / b,
  };
  for (const [sign, compute] of Object.entries(operators)) {
    const mixed = (a: number | bigint, b: number | bigint) => compute(Number(a), Number(b));
    made.registerOperator(`int ${sign} double`, mixed);
    made.registerOperator(`double ${sign} int`, mixed);
  }
}

function registerVersions(made: Environment): void {
  made.registerType('DebianVersion', DebianVersion);
  made.registerFunction('version(dyn): DebianVersion', (value: unknown) => {
    const text = typeof value === 'bigint' || typeof value === 'number' ? String(value) : value;
    if (typeof text !== 'string' || text.trim() === '') throw new HelperError('version() takes a version as a string');
    return new DebianVersion(text);
  });
  const operators: Readonly<Record<string, (order: number) => boolean>> = {
    '==': (order) => order === 0,
    '<': (order) => order < 0,
    '<=': (order) => order <= 0,
    '>': (order) => order > 0,
    '>=': (order) => order >= 0,
  };
  for (const [sign, holds] of Object.entries(operators)) {
    made.registerOperator(`DebianVersion ${sign} DebianVersion`, (a: DebianVersion, b: DebianVersion) => holds(a.compare(b)));
  }
}

function registerTests(made: Environment): void {
  made.registerFunction('changed(map): bool', (result: object) => celEntry(result, 'changed') === true);
  made.registerFunction('failed(map): bool', (result: object) => celEntry(result, 'failed') === true);
  made.registerFunction('skipped(map): bool', (result: object) => celEntry(result, 'skipped') === true);
  made.registerFunction('succeeded(map): bool', (result: object) => celEntry(result, 'failed') !== true);
  made.registerFunction('defined(string): bool', (name: string) => {
    const variables = current?.variables;
    const [first = '', ...keys] = name.split('.');
    return variables?.has(first) === true && (keys.length === 0 || walk(variables.get(first), keys) !== undefined);
  });
  made.registerFunction('default(ast, ast): dyn', ({ args }: { args: readonly [ASTNode, ASTNode] }) => ({
    typeCheck(checker: MacroContext, _: unknown, context: unknown) {
      for (const each of args) checker.check(each, context);
      return checker.getType('dyn');
    },
    evaluate(evaluator: MacroEvaluator, _: unknown, context: unknown) {
      const before = current?.undefinedNames.length ?? 0;
      try {
        return evaluator.run(args[0], context);
      } catch (error) {
        if (!isMissing(error)) throw error;
        current?.undefinedNames.splice(before);
        return evaluator.run(args[1], context);
      }
    },
  }));
}

/** The value is not there, as opposed to: it is there and something else went wrong. */
function isMissing(error: unknown): boolean {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'unknown_variable' || code === 'no_such_key' || code === 'index_out_of_bounds';
}

function registerHelper(made: Environment, name: string): void {
  const helper = findHelper(name);
  if (!helper || 'runLazy' in helper) throw new Error(`no helper ${name}`);
  for (let count = helper.arity[0]; count <= helper.arity[1]; count++) {
    const parameters = Array.from({ length: count }, () => 'dyn').join(', ');
    made.registerFunction(`${name}(${parameters}): dyn`, (...values: unknown[]) => {
      if (!current) throw new Error(`${name} outside an evaluation`);
      const answer = helper.run(
        values.slice(0, count).map((value) => fromCel(value) ?? null),
        { variables: current.variables, hash: {} },
      );
      if (answer instanceof Unknown) throw new UnknownReached(answer);
      return toCel(answer);
    });
  }
}
