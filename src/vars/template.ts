import type { Diagnostic } from '../base/errors.js';
import type { TemplateText } from '../base/template-text.js';
import type { Value } from '../base/value.js';
import { scalarText } from './locate.js';
import { checkLocated, renderLocated, usesInLocated } from './template-located.js';
import type { VariableUse } from './template-references.js';
import type { Variables } from './variables.js';

/**
 * A template's value. One expression alone keeps its value's type; everything else is a string. An unknown within text makes the whole an
 * unknown, whose own text shows where. Rendered output is never rendered again. Errors carry the place of the expression.
 */
export function renderTemplate(template: TemplateText, variables: Variables): Value {
  return renderLocated(scalarText(template.text, template.position), variables);
}

/** Syntax errors, Jinja, unknown helpers and wrong numbers of arguments, found without any variable. */
export function checkTemplate(template: TemplateText): readonly Diagnostic[] {
  return checkLocated(scalarText(template.text, template.position));
}

/** The variables that a template names at its top level (not those of items inside #each and #with). */
export function referencedVariables(template: TemplateText): readonly VariableUse[] {
  return usesInLocated(scalarText(template.text, template.position));
}
