import { ChatsctlError, type Diagnostic } from '../base/errors.js';
import type { SourceText } from '../base/position.js';
import type { TemplateText } from '../base/template-text.js';
import { Unknown, type Value } from '../base/value.js';
import { type LocatedText, scalarText, wholeFile } from './locate.js';
import { Writer } from './template-blocks.js';
import { TOP } from './template-context.js';
import { Expressions } from './template-eval.js';
import { parseTemplate, refuseJinjaStatements } from './template-parse.js';
import { checkCalls, usesOf, type VariableUse } from './template-references.js';
import type { Variables } from './variables.js';

/**
 * A template's value. One expression alone keeps its value's type; everything else is a string. An unknown within text makes the whole an
 * unknown, whose own text shows where. Rendered output is never rendered again. Errors carry the place of the expression.
 */
export function renderTemplate(template: TemplateText, variables: Variables): Value {
  const source = scalarText(template.text, template.position);
  refuseJinjaStatements(source);
  return render(source, variables);
}

/** A `.hbs` file's text; an Unknown (with text) where it depends on what only the real run learns. */
export function renderTemplateFile(source: SourceText, variables: Variables): string | Unknown {
  const located = wholeFile(source);
  refuseJinjaStatements(located);
  const parsed = parseTemplate(located);
  return write(new Expressions(located, parsed, variables));
}

/** Syntax errors, unknown helpers and wrong numbers of arguments, found without any variable. */
export function checkTemplate(template: TemplateText): readonly Diagnostic[] {
  return check(scalarText(template.text, template.position));
}

export function checkTemplateFile(source: SourceText): readonly Diagnostic[] {
  return check(wholeFile(source));
}

/** The variables that a template names at its top level (not those of items inside #each and #with). Unreadable templates name none. */
export function referencedVariables(template: TemplateText): readonly VariableUse[] {
  return references(scalarText(template.text, template.position));
}

export function referencedInFile(source: SourceText): readonly VariableUse[] {
  return references(wholeFile(source));
}

function render(source: LocatedText, variables: Variables): Value {
  const parsed = parseTemplate(source);
  const expressions = new Expressions(source, parsed, variables);
  return parsed.single ? expressions.mustache(parsed.single, TOP) : write(expressions);
}

function write(expressions: Expressions): string | Unknown {
  const writer = new Writer(expressions);
  const text = writer.program(expressions.parsed.program, TOP);
  return writer.unknown ? new Unknown(writer.unknown.reason, text) : text;
}

function check(source: LocatedText): readonly Diagnostic[] {
  try {
    refuseJinjaStatements(source);
    return checkCalls(source, parseTemplate(source));
  } catch (error) {
    if (error instanceof ChatsctlError) return error.diagnostics;
    throw error;
  }
}

function references(source: LocatedText): readonly VariableUse[] {
  try {
    return usesOf(source, parseTemplate(source));
  } catch (error) {
    if (error instanceof ChatsctlError) return [];
    throw error;
  }
}
