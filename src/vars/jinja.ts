/** What an Ansible user writes by habit, and how it is written here. */
export interface JinjaHabit {
  readonly found: string;
  readonly instead: string;
  /** Of `found` in the text. */
  readonly offset: number;
}

const STATEMENTS: Readonly<Record<string, string>> = {
  if: '{{#if condition}}…{{else}}…{{/if}}',
  elif: '{{else if condition}}',
  else: '{{else}}',
  endif: '{{/if}}',
  for: '{{#each list}}…{{this}}…{{/each}}',
  endfor: '{{/each}}',
  set: 'a variable under vars:',
  include: 'the text itself, or a template task of its own',
  macro: '{{#*inline "name"}}…{{/inline}} and {{> name}}',
  raw: '\\{{ … }} for a literal expression',
};

/** `{% … %}` anywhere in a template. */
export function jinjaStatement(text: string): JinjaHabit | undefined {
  const match = /\{%[-+]?\s*(\w+)[^%]*%\}/.exec(text);
  const word = match?.[1];
  if (!match || !word || !Object.hasOwn(STATEMENTS, word)) return undefined;
  return { found: match[0], instead: STATEMENTS[word] ?? '', offset: match.index };
}

/** Filters of Jinja under another name here; the rest keep theirs. */
const RENAMED: Readonly<Record<string, string>> = {
  d: 'default',
  count: 'length',
  to_nice_json: 'to_json',
  to_nice_yaml: 'to_yaml',
};

const REWRITES: readonly (readonly [RegExp, (groups: readonly string[]) => string])[] = [
  [/^(.+?)\s+is\s+defined$/, ([, name = '']) => `{{#if (defined "${name}")}}…{{/if}}`],
  [/^(.+?)\s+is\s+(?:not\s+defined|undefined)$/, ([, name = '']) => `{{#unless (defined "${name}")}}…{{/unless}}`],
  [/^(.+?)\s+if\s+(.+?)\s+else\s+(.+)$/, ([, yes, condition, no]) => `{{#if ${condition}}}{{${yes}}}{{else}}{{${no}}}{{/if}}`],
  [/^lookup\(\s*'env'\s*,\s*'([^']*)'\s*\)$/, ([, name]) => `{{ lookup_env "${name}" }}`],
  [/^lookup\(\s*'file'\s*,\s*'([^']*)'\s*\)$/, ([, name]) => `{{ lookup_file "${name}" }}`],
  [/^(.+?)\s+(and|or)\s+(.+)$/, ([, a, word, b]) => `{{ ${word} ${a} ${b} }}`],
  [/^(.+?)\s*(==|!=|<=|>=|<|>)\s*(.+)$/, ([, a, sign = '', b]) => `{{ ${COMPARISONS[sign]} ${a} ${b} }}`],
  [/^(.+?)\s+(not\s+)?in\s+(.+)$/, ([, a, not, b]) => (not ? `{{ not (in ${a} ${b}) }}` : `{{ in ${a} ${b} }}`)],
  [/^(.+?)\s*~\s*(.+)$/, ([, a, b]) => `{{ concat ${a} ${b} }}`],
  [/^(.+?)\s*\+\s*(.+)$/, ([, a, b]) => `{{ add ${a} ${b} }}`],
  [/^([\w.]+)\[(\d+)\](.*)$/, ([, name, index, rest = '']) => `{{ ${name}.[${index}]${rest} }}`],
  [/^([\w.]+)\[(?:'([^']*)'|"([^"]*)")\](.*)$/, ([, name, a, b, rest = '']) => `{{ ${name}.[${a ?? b}]${rest} }}`],
  [/^([\w.]+)\[([\w.]+)\]$/, ([, name, key]) => `{{ lookup ${name} ${key} }}`],
  [/^([a-z_]\w*)\.(\d+)(.*)$/i, ([, name, index, rest = '']) => `{{ ${name}.[${index}]${rest} }}`],
  [/^([\w.]+)\.(\w+)\((.*)\)$/, ([, value, method, rest]) => `{{ ${[method, value, rest].filter(Boolean).join(' ')} }}`],
];

const COMPARISONS: Readonly<Record<string, string>> = { '==': 'eq', '!=': 'ne', '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge' };

/** The Handlebars for a Jinja expression, the text between `{{` and `}}`; undefined where it does not look like Jinja. */
export function fromJinja(expression: string): string | undefined {
  const text = expression.trim();
  const filters = splitFilters(text);
  if (filters.length > 1) return filtered(filters);
  for (const [pattern, rewrite] of REWRITES) {
    const match = pattern.exec(text);
    if (match) return rewrite(match);
  }
  return undefined;
}

function splitFilters(text: string): string[] {
  const parts = text.match(/(?:"[^"]*"|'[^']*'|[^|"'])+/g) ?? [];
  return parts.join('|') === text ? parts.map((part) => part.trim()) : [text];
}

function filtered([value = '', ...filters]: readonly string[]): string | undefined {
  let written = value;
  for (const [index, filter] of filters.entries()) {
    const match = /^(\w+)\s*(?:\((.*)\))?$/.exec(filter);
    if (!match?.[1]) return undefined;
    const inner = index > 0 || /\s/.test(written) ? `(${written})` : written;
    const parameters = (match[2] ?? '').match(/"[^"]*"|'[^']*'|[^\s,]+/g) ?? [];
    written = [RENAMED[match[1]] ?? match[1], index === 0 ? value : inner, ...parameters].join(' ');
  }
  return `{{ ${written} }}`;
}
