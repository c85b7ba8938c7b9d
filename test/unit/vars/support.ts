import { ChatsctlError, type Diagnostic } from '../../../src/base/errors.js';
import { formatPosition, SourceText } from '../../../src/base/position.js';
import { TemplateText } from '../../../src/base/template-text.js';
import type { Value } from '../../../src/base/value.js';
import { Scope } from '../../../src/vars/scope.js';
import { renderTemplate } from '../../../src/vars/template.js';
import type { RenderContext } from '../../../src/vars/variables.js';

/** A template as the source layer makes it: in a file, after some other text. */
export function template(text: string, lead = 'name: '): TemplateText {
  const source = new SourceText('play.yaml', `${lead}${text}\n`);
  return new TemplateText(text, { source, offset: lead.length, length: text.length });
}

export function scopeOf(values: Readonly<Record<string, Value | TemplateText>>, context: Partial<RenderContext> = {}): Scope {
  return Scope.of([{ level: 'play-vars', values }], context);
}

export function render(
  text: string,
  values: Readonly<Record<string, Value | TemplateText>> = {},
  context: Partial<RenderContext> = {},
): Value {
  return renderTemplate(template(text), scopeOf(values, context));
}

/** The first diagnostic of what `act` throws, with its place as text. */
export function thrown(act: () => unknown): Diagnostic & { place: string | undefined } {
  try {
    act();
  } catch (error) {
    if (!(error instanceof ChatsctlError)) throw error;
    const [first] = error.diagnostics;
    return { ...first, place: first.position && formatPosition(first.position) };
  }
  throw new Error('nothing was thrown');
}
