import { ChatsctlError, type Diagnostic } from '../base/errors.js';
import { Unknown, type Value } from '../base/value.js';
import type { LocatedText } from './locate.js';
import { Writer } from './template-blocks.js';
import { TOP } from './template-context.js';
import { Expressions } from './template-eval.js';
import { parseTemplate, refuseJinjaStatements } from './template-parse.js';
import { checkCalls, usesOf, type VariableUse } from './template-references.js';
import type { Variables } from './variables.js';

/** One expression alone keeps its value's type; everything else is text. */
export function renderLocated(source: LocatedText, variables: Variables): Value {
  refuseJinjaStatements(source);
  const parsed = parseTemplate(source);
  const expressions = new Expressions(source, parsed, variables);
  return parsed.single ? expressions.mustache(parsed.single, TOP) : write(expressions);
}

export function writeLocated(source: LocatedText, variables: Variables): string | Unknown {
  refuseJinjaStatements(source);
  return write(new Expressions(source, parseTemplate(source), variables));
}

function write(expressions: Expressions): string | Unknown {
  const writer = new Writer(expressions);
  const text = writer.program(expressions.parsed.program, TOP);
  return writer.unknown ? new Unknown(writer.unknown.reason, text) : text;
}

/** What can be found without any variable. */
export function checkLocated(source: LocatedText): readonly Diagnostic[] {
  try {
    refuseJinjaStatements(source);
    return checkCalls(source, parseTemplate(source));
  } catch (error) {
    if (error instanceof ChatsctlError) return error.diagnostics;
    throw error;
  }
}

/** Unreadable templates name no variables. */
export function usesInLocated(source: LocatedText): readonly VariableUse[] {
  try {
    return usesOf(source, parseTemplate(source));
  } catch (error) {
    if (error instanceof ChatsctlError) return [];
    throw error;
  }
}
