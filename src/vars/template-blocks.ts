import { failure } from '../base/errors.js';
import { isList, isMap, Unknown, type Value } from '../base/value.js';
import { describeKind } from './describe.js';
import { findHelper } from './helpers/registry.js';
import type { Block, Call, Location, Partial, PartialBlock, Program, Statement } from './template-ast.js';
import { helperName } from './template-ast.js';
import { type TemplateContext, TOP } from './template-context.js';
import type { Expressions } from './template-eval.js';

/** Writes a program out as text, as Handlebars does: contexts, block parameters, `@data`, inline partials. */
export class Writer {
  /** The first unknown that stood in the text or decided a block of it. */
  unknown: Unknown | undefined;

  constructor(private readonly expressions: Expressions) {}

  program(program: Program | undefined, context: TemplateContext): string {
    if (!program) return '';
    const inner = this.withInlinePartials(program, context);
    return program.body.map((statement) => this.statement(statement, inner)).join('');
  }

  private statement(statement: Statement, context: TemplateContext): string {
    switch (statement.type) {
      case 'ContentStatement':
        return statement.value;
      case 'MustacheStatement':
        return this.noted(this.expressions.mustache(statement, context), (value) => this.expressions.text(statement, value));
      case 'BlockStatement':
        return this.block(statement, context);
      case 'PartialStatement':
      case 'PartialBlockStatement':
        return this.partial(statement, context);
      case 'Decorator':
        throw this.unsupported('decorators', statement.loc);
      case 'DecoratorBlock':
      case 'CommentStatement':
        return '';
    }
  }

  private block(block: Block, context: TemplateContext): string {
    const name = helperName(block.path);
    switch (name) {
      case 'if':
      case 'unless': {
        const value = this.oneArgument(block, context);
        const zero = block.hash?.pairs.find((pair) => pair.key === 'includeZero');
        const includeZero = zero !== undefined && this.expressions.value(zero.value, context) === true;
        return this.noted(value, () =>
          this.program(isTruthy(value, includeZero) === (name === 'if') ? block.program : block.inverse, context),
        );
      }
      case 'with': {
        const value = this.oneArgument(block, context);
        return this.noted(value, () => {
          if (!isTruthy(value, true)) return this.program(block.inverse, context);
          return this.program(block.program, enter(context, value, context.data, params(block.program, [value])));
        });
      }
      case 'each': {
        const value = this.oneArgument(block, context);
        return this.noted(value, () => this.each(block, value, context));
      }
      case 'raw':
        return this.program(block.program, context);
      default:
        return this.section(block, context);
    }
  }

  /** `{{#name}}…{{/name}}`: over a list as #each, into a mapping as #with, on true as #if; and helpers that answer true or false. */
  private section(block: Block, context: TemplateContext): string {
    const helper = helperName(block.path);
    const isCall = block.params.length > 0 || (helper !== undefined && findHelper(helper) !== undefined);
    const value = isCall ? this.expressions.call(block, block.path, context) : this.expressions.value(block.path, context);
    return this.noted(value, () => {
      if (value === true) return this.program(block.program, context);
      if (value === false || value === null) return this.program(block.inverse, context);
      if (isList(value)) return this.each(block, value, context);
      return this.program(block.program, enter(context, value, context.data, params(block.program, [value])));
    });
  }

  private each(block: Block, value: Value, context: TemplateContext): string {
    if (!isList(value) && !isMap(value)) {
      const position = this.expressions.at((block.params[0] ?? block.path).loc);
      throw failure('template/not-iterable', { found: describeKind(value) }, { position });
    }
    const keys: readonly (string | number)[] = isList(value) ? [...value.keys()] : Object.keys(value);
    if (keys.length === 0) return this.program(block.inverse, context);
    return keys
      .map((key, index) => {
        const item = (isList(value) ? value[index] : value[key]) ?? null;
        const data = { ...context.data, key, index, first: index === 0, last: index === keys.length - 1 };
        return this.program(block.program, { ...enter(context, item, data, params(block.program, [item, key])), outerData: context });
      })
      .join('');
  }

  private partial(node: Partial | PartialBlock, context: TemplateContext): string {
    const named = node.name.type === 'PathExpression' ? node.name.original : this.expressions.value(node.name, context);
    const partial = typeof named === 'string' && Object.hasOwn(context.partials, named) ? context.partials[named] : undefined;
    if (!partial) {
      if (node.type === 'PartialBlockStatement') return this.program(node.program, context);
      throw this.unsupported(`partial "${String(named)}"`, node.loc);
    }
    const [argument] = node.params;
    const pairs = (node.hash?.pairs ?? []).map((pair) => [pair.key, this.expressions.value(pair.value, context)] as const);
    const base = partial.context ?? context;
    const current = argument ? this.expressions.value(argument, context) : base.current;
    const block = node.type === 'PartialBlockStatement' ? { '@partial-block': { program: node.program, context } } : {};
    const inner: TemplateContext = {
      ...(argument ? enter(base, current ?? null, base.data, {}) : base),
      blockParams: Object.fromEntries(pairs),
      partials: { ...context.partials, ...block },
    };
    const written = this.program(partial.program, inner);
    return node.type === 'PartialStatement' && node.indent ? written.replace(/^(?=.|\n.)/gm, node.indent) : written;
  }

  private withInlinePartials(program: Program, context: TemplateContext): TemplateContext {
    const inline = program.body.filter((each) => each.type === 'DecoratorBlock');
    if (inline.length === 0) return context;
    const partials = { ...context.partials };
    for (const block of inline) {
      const [name] = block.params;
      if (block.path.original !== 'inline' || !name) throw this.unsupported('decorators', block.loc);
      partials[String(this.expressions.value(name, context))] = { program: block.program };
    }
    return { ...context, partials };
  }

  private oneArgument(
    block: Call & { readonly path: { readonly original: string }; readonly loc: Location },
    context: TemplateContext,
  ): Value {
    const [argument, ...more] = block.params;
    if (argument && more.length === 0) return this.expressions.value(argument, context);
    const helper = `#${block.path.original}`;
    const expected = `${helper} value`;
    throw failure(
      'template/arguments',
      { helper, found: `${block.params.length} arguments`, expected },
      { position: this.expressions.at(block.loc) },
    );
  }

  /** An unknown stands for the whole text that depends on it. */
  private noted(value: Value, write: (value: Value) => string): string {
    if (!(value instanceof Unknown)) return write(value);
    this.unknown ??= value;
    return value.toString();
  }

  private unsupported(what: string, loc: Location) {
    return failure('template/unsupported', { what }, { position: this.expressions.at(loc) });
  }
}

/** Handlebars' notion: false, null, "", 0 and the empty list are not; an empty mapping is. */
function isTruthy(value: Value, includeZero: boolean): boolean {
  if (isList(value)) return value.length > 0;
  return value === 0 ? includeZero : Boolean(value);
}

/** `../` leads back only from a block that changed `this`. */
function enter(
  context: TemplateContext,
  current: Value,
  data: TemplateContext['data'],
  added: TemplateContext['blockParams'],
): TemplateContext {
  return {
    ...context,
    current,
    data,
    outer: context.current === current ? (context.outer ?? TOP) : context,
    blockParams: { ...context.blockParams, ...added },
  };
}

function params(program: Program | undefined, values: readonly Value[]): Readonly<Record<string, Value>> {
  return Object.fromEntries((program?.blockParams ?? []).slice(0, values.length).map((name, index) => [name, values[index] ?? null]));
}
