/** A Jinja habit in a condition, and the CEL for it. */
export interface ConditionHabit {
  readonly found: string;
  readonly instead: string;
  readonly offset: number;
}

const VALUE = String.raw`([\w.]+(?:\[[^\]]*\])*)`;
const RESULT_TESTS: Readonly<Record<string, string>> = {
  success: 'succeeded',
  succeeded: 'succeeded',
  changed: 'changed',
  failed: 'failed',
  skipped: 'skipped',
};
const FILTERS: Readonly<Record<string, (value: string, parameter: string) => string>> = {
  default: (value, parameter) => `default(${value}, ${parameter || 'value'})`,
  d: (value, parameter) => `default(${value}, ${parameter || 'value'})`,
  length: (value) => `size(${value})`,
  count: (value) => `size(${value})`,
  int: (value) => `int(${value})`,
  float: (value) => `double(${value})`,
  string: (value) => `string(${value})`,
  bool: (value) => value,
  lower: (value) => `${value}.lowerAscii()`,
  upper: (value) => `${value}.upperAscii()`,
  trim: (value) => `${value}.trim()`,
  first: (value) => `${value}[0]`,
};

const not = (negated: string | undefined, text: string) => (negated ? `!${text}` : text);

const REWRITES: readonly (readonly [RegExp, (groups: readonly (string | undefined)[]) => string])[] = [
  [/\{\{\s*(.*?)\s*\}\}/, ([, inner = '']) => `${inner} (a condition is an expression already)`],
  [new RegExp(`${VALUE}\\s+is\\s+(not\\s+)?defined\\b`), ([, name, negated]) => not(negated, `defined("${name}")`)],
  [new RegExp(`${VALUE}\\s+is\\s+(not\\s+)?undefined\\b`), ([, name, negated]) => not(negated ? undefined : '!', `defined("${name}")`)],
  [
    new RegExp(`${VALUE}\\s+is\\s+(not\\s+)?(success|succeeded|changed|failed|skipped)\\b`),
    ([, name, negated, test = '']) => not(negated, `${RESULT_TESTS[test]}(${name})`),
  ],
  [
    new RegExp(`${VALUE}\\s+is\\s+(not\\s+)?(?:match|search|regex)\\((.*?)\\)`),
    ([, name, negated, re]) => not(negated, `${name}.matches(${re})`),
  ],
  [
    new RegExp(`${VALUE}\\s+is\\s+version\\(\\s*([^,]+?)\\s*,\\s*['"]([^'"]+)['"]\\s*\\)`),
    ([, name, version, operator]) => `version(${name}) ${operator} version(${version})`,
  ],
  [new RegExp(`${VALUE}\\s+is\\s+(not\\s+)?none\\b`, 'i'), ([, name, negated]) => `${name} ${negated ? '!=' : '=='} null`],
  [
    new RegExp(`${VALUE}\\s+is\\s+(not\\s+)?(true|false)\\b`, 'i'),
    ([, name, negated, word]) => `${name} ${negated ? '!=' : '=='} ${word?.toLowerCase()}`,
  ],
  [
    new RegExp(`${VALUE}\\s*\\|(?!\\|)\\s*(\\w+)(?:\\((.*?)\\))?`),
    ([, value = '', filter = '', parameter = '']) =>
      FILTERS[filter]?.(value, parameter) ?? 'a function or method of CEL: size(x), int(x), x.trim()',
  ],
  [/(\S+)\s+not\s+in\s+(\S+)/, ([, item, list]) => `!(${item} in ${list})`],
  [/\band\b/, () => '&&'],
  [/\bor\b/, () => '||'],
  [/\bnot\s+(\S+)/, ([, value]) => `!${value}`],
  [/(?<![=!<>])=(?!=)/, () => '=='],
  [/\b(True|False|None)\b/, ([, word = '']) => ({ True: 'true', False: 'false', None: 'null' })[word] ?? ''],
  [/~/, () => '+'],
];

/** The first habit in an expression that CEL cannot read. Words within strings do not count. */
export function conditionHabit(expression: string): ConditionHabit | undefined {
  const bare = expression.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, (literal) => `"${'x'.repeat(literal.length - 2)}"`);
  for (const [pattern, rewrite] of REWRITES) {
    const match = new RegExp(pattern.source, `${pattern.flags}d`).exec(bare);
    if (!match?.indices) continue;
    // Groups from the text itself: its strings belong into what is shown.
    const [whole, ...groups] = match.indices.map((range) => span(expression, range));
    return { found: whole ?? '', instead: rewrite([whole, ...groups]), offset: match.index };
  }
  return undefined;
}

/** A group that took no part has no range, though its type says so. */
function span(text: string, range: readonly [number, number] | undefined): string | undefined {
  return range && text.slice(range[0], range[1]);
}
