import type { Diagnostics } from '../base/errors.js';
import { type SourceValue, TemplateText } from '../base/template-text.js';
import { compileCondition, compileExpression } from '../vars/condition.js';
import { checkTemplate } from '../vars/template.js';
import type { ConditionText } from './tree.js';

/** Every template inside a value. */
export function templatesIn(value: SourceValue | undefined): readonly TemplateText[] {
  if (value instanceof TemplateText) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(templatesIn);
}

/** Collects what is wrong in templates that can be known without a variable: syntax, helpers, Jinja. */
export function checkTemplates(value: SourceValue | undefined, collect: Diagnostics): void {
  for (const template of templatesIn(value)) collect.push(...checkTemplate(template));
}

export function checkConditions(conditions: readonly ConditionText[], collect: Diagnostics): readonly ConditionText[] {
  for (const { text, position } of conditions) collect.collect(() => compileCondition(text, position));
  return conditions;
}

/** The same for expressions that have a value (`debug: var`), and for arguments whose module decides what they must be. */
export function checkExpressions(expressions: readonly ConditionText[], collect: Diagnostics): void {
  for (const { text, position } of expressions) collect.collect(() => compileExpression(text, position));
}
