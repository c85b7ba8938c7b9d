import { failure } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { Unknown, unknownIn, type Value } from '../base/value.js';
import { describeKind, toText } from './describe.js';
import { markVolatile } from './frames.js';
import { type Helper, HelperError } from './helpers/helper.js';
import { findHelper, helperNames } from './helpers/registry.js';
import { isLazyMap } from './lazy-map.js';
import type { LocatedText } from './locate.js';
import { type Call, type Expression, helperName, type Location, type Mustache, type Path } from './template-ast.js';
import { resolvePath, type TemplateContext, TOP } from './template-context.js';
import { jinjaInstead, type ParsedTemplate, rangeOf } from './template-parse.js';
import type { Variables } from './variables.js';

/** Computes expressions of one template: every path in them must exist, whether printed, tested, iterated or given to a helper. */
export class Expressions {
  constructor(
    readonly source: LocatedText,
    readonly parsed: ParsedTemplate,
    readonly variables: Variables,
  ) {}

  at(loc: Location) {
    const [offset, length] = rangeOf(this.parsed, loc);
    return this.source.at(offset, length);
  }

  written(loc: Location): string {
    const [offset, length] = rangeOf(this.parsed, loc);
    return this.source.text.slice(offset, offset + length);
  }

  mustache(node: Mustache, context: TemplateContext): Value {
    if (node.path.type === 'SubExpression') return this.call(node.path, node.path.path, context);
    if (node.params.length > 0 || (node.hash?.pairs.length ?? 0) > 0) return this.call(node, node.path, context);
    const value = this.optional(node.path, context);
    if (value !== undefined) return value;
    // A helper's name without arguments: its own error says what it needs.
    const name = helperName(node.path);
    return name !== undefined && findHelper(name) ? this.call(node, node.path, context) : this.undefinedPath(node.path, context);
  }

  /** The value; an undefined path is `template/undefined`. */
  value(node: Expression, context: TemplateContext): Value {
    const value = this.optional(node, context);
    return value === undefined ? this.undefinedPath(node, context) : value;
  }

  text(node: Expression | Mustache, value: Value): string {
    const written = toText(value);
    if (written !== undefined) return written;
    const expression = this.written('path' in node ? node.path.loc : node.loc);
    throw failure('template/not-text', { expression, found: describeKind(value) }, { position: this.at(node.loc) });
  }

  /** Calls the helper that `path` names. */
  call(node: Call & { readonly loc: Location }, path: Expression, context: TemplateContext): Value {
    const value = this.callOptional(node, path, context);
    if (value !== undefined) return value;
    throw failure(
      'template/undefined',
      { name: node.params.map((each) => this.written(each.loc)).join(' ') },
      { position: this.at(node.loc) },
    );
  }

  private callOptional(node: Call & { readonly loc: Location }, path: Expression, context: TemplateContext): Value | undefined {
    const name = helperName(path);
    const helper = name === undefined ? undefined : findHelper(name);
    if (!helper) throw this.unknownHelper(path);
    this.checkArity(helper, node);
    if (helper.volatile) markVolatile();
    try {
      const hash = Object.fromEntries((node.hash?.pairs ?? []).map((pair) => [pair.key, this.value(pair.value, context)]));
      const call = { variables: this.variables, hash };
      if ('runLazy' in helper) {
        return helper.runLazy(
          node.params.map((each) => () => this.optional(each, context)),
          call,
        );
      }
      const values = node.params.map((each) => this.value(each, context));
      return firstUnknown([...values, ...Object.values(hash)]) ?? helper.run(values, call);
    } catch (error) {
      if (!(error instanceof HelperError)) throw error;
      throw failure(
        'template/helper-failed',
        { helper: helper.name, reason: error.message },
        { position: this.at(node.loc), cause: error },
      );
    }
  }

  checkArity(helper: Helper, node: Call & { readonly loc: Location }): void {
    const [least, most] = helper.arity;
    const count = node.params.length;
    if (count >= least && count <= most) return;
    throw failure(
      'template/arguments',
      {
        helper: helper.name,
        found: count === 0 ? 'no argument' : `${count} argument${count === 1 ? '' : 's'}`,
        expected: helper.signature,
      },
      { position: this.at(node.loc) },
    );
  }

  unknownHelper(path: Expression) {
    const name = path.type === 'PathExpression' ? path.original : this.written(path.loc);
    const [offset] = rangeOf(this.parsed, path.loc);
    const close = nearest(name, helperNames());
    return (
      jinjaInstead(this.source, offset) ?? failure('template/unknown-helper', { name }, { position: this.at(path.loc), nearest: close })
    );
  }

  private optional(node: Expression, context: TemplateContext): Value | undefined {
    switch (node.type) {
      case 'StringLiteral':
      case 'NumberLiteral':
      case 'BooleanLiteral':
        return node.value;
      case 'NullLiteral':
        return null;
      case 'UndefinedLiteral':
        return undefined;
      case 'SubExpression':
        return this.callOptional(node, node.path, context);
      case 'PathExpression':
        return resolvePath(node, context, this.variables);
    }
  }

  private undefinedPath(node: Expression, context: TemplateContext): never {
    if (node.type !== 'PathExpression') throw failure('template/undefined', { name: 'undefined' }, { position: this.at(node.loc) });
    throw failure('template/undefined', { name: this.written(node.loc) }, { position: this.at(node.loc), ...this.mend(node, context) });
  }

  private mend(path: Path, context: TemplateContext): { hint?: string | undefined; nearest?: string | undefined } {
    const [first = ''] = path.parts;
    if (path.data) return {};
    const inBlock = context.current !== undefined && path.depth === 0;
    if (inBlock && this.variables.has(first)) {
      return { hint: `inside #each and #with names are the item's: write @root.${path.parts.join('.')}` };
    }
    if (context.current === undefined && this.variables.has(first)) return { hint: this.keyHint(path) };
    return { nearest: nearest(first, context.current === undefined ? this.variables.names() : Object.keys(Object(context.current))) };
  }

  /** The variable exists, a key in it does not. */
  private keyHint(path: Path): string | undefined {
    let reached = path.parts.slice(0, 1);
    for (const part of path.parts.slice(1)) {
      const value = resolvePath({ ...path, parts: reached }, TOP, this.variables);
      if (value === undefined || value === null || typeof value !== 'object') return `"${reached.join('.')}" has no keys`;
      if (!Object.hasOwn(value, part)) {
        const close = nearest(part, Object.keys(value));
        return close ? `"${reached.join('.')}" has no "${part}": did you mean "${close}"?` : `"${reached.join('.')}" has no "${part}"`;
      }
      reached = [...reached, part];
    }
    return undefined;
  }
}

/** The first unknown in helper arguments; lazy mappings (`hostvars`) are not walked. */
function firstUnknown(values: readonly Value[]): Unknown | undefined {
  for (const value of values) {
    if (value instanceof Unknown) return value;
    if (typeof value !== 'object' || value === null || isLazyMap(value)) continue;
    const found = unknownIn(value);
    if (found) return found;
  }
  return undefined;
}
