import type { Diagnostic } from '../base/errors.js';
import type { SourceText } from '../base/position.js';
import type { Unknown } from '../base/value.js';
import { wholeFile } from './locate.js';
import { checkLocated, usesInLocated, writeLocated } from './template-located.js';
import type { VariableUse } from './template-references.js';
import type { Variables } from './variables.js';

/** A `.hbs` file's text; an Unknown (with text) where it depends on what only the real run learns. Errors carry the place in the file. */
export function renderTemplateFile(source: SourceText, variables: Variables): string | Unknown {
  return writeLocated(wholeFile(source), variables);
}

/** Like `checkTemplate`, for a file. */
export function checkTemplateFile(source: SourceText): readonly Diagnostic[] {
  return checkLocated(wholeFile(source));
}

/** Like `referencedVariables`, for a file. */
export function referencedInFile(source: SourceText): readonly VariableUse[] {
  return usesInLocated(wholeFile(source));
}
