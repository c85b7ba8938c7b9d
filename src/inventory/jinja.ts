import { type Diagnostic, diagnostic } from '../base/errors.js';
import { type SourceValue, TemplateText } from '../base/template-text.js';

/** Jinja in a value as an Ansible user's inventory may have it: an error each, which shows how it is written here. */
export function jinjaIn(value: SourceValue): Diagnostic[] {
  if (value instanceof TemplateText) return jinjaInText(value);
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(jinjaIn);
}

function jinjaInText(template: TemplateText): Diagnostic[] {
  const statement = /\{%[-+]?\s*(\w+)[^%]*%\}/.exec(template.text);
  if (statement) return [jinja(template, statement[0], BLOCKS[statement[1] ?? ''] ?? '{{#if name}}…{{/if}}')];
  for (const { 0: found, 1: expression = '' } of template.text.matchAll(/\{\{-?([^{}]*)-?\}\}/g)) {
    const instead = withoutFilters(expression.trim());
    if (instead !== undefined) return [jinja(template, found, `{{ ${instead} }}`)];
  }
  return [];
}

const BLOCKS: Readonly<Record<string, string>> = {
  for: '{{#each list}}…{{this}}…{{/each}}',
  set: 'a variable of its own',
};

/** `a | f(x) | g` → `g (f a x)`; undefined where there is no filter. */
function withoutFilters(expression: string): string | undefined {
  const parts = (expression.match(/(?:"[^"]*"|'[^']*'|[^|"'])+/g) ?? []).map((part) => part.trim());
  const [value = '', ...filters] = parts;
  if (filters.length === 0) return undefined;
  return filters.reduce((written, filter, index) => {
    const [, name = filter, parameters = ''] = /^(\w+)\s*(?:\((.*)\))?$/s.exec(filter) ?? [];
    const inner = index > 0 || /\s/.test(written) ? `(${written})` : written;
    return [name === 'd' ? 'default' : name, inner, ...parameters.split(/\s*,\s*/).filter((each) => each !== '')].join(' ');
  }, value);
}

function jinja({ position }: TemplateText, found: string, instead: string): Diagnostic {
  const { source } = position;
  const at = source.text.indexOf(found, position.offset);
  const known = at >= 0 && at < position.offset + Math.max(1, position.length);
  return diagnostic('template/jinja', { found, instead }, { position: known ? { source, offset: at, length: found.length } : position });
}
