import { describe, expect, it } from 'vitest';
import { formatPosition, SourceText } from '../../../src/base/position.js';
import { TemplateText } from '../../../src/base/template-text.js';
import { toSourceValue } from '../../../src/source/source-value.js';
import { parseYaml } from '../../../src/source/yaml.js';

const read = (text: string) => toSourceValue(parseYaml(new SourceText('f.yaml', text)));

/** The template and the text at its position in the source. */
function template(text: string): { text: string; at: string; inSource: string } {
  const [found] = Object.values(read(text) ?? {});
  if (!(found instanceof TemplateText)) throw new Error(`no template: ${JSON.stringify(found)}`);
  const { source, offset, length } = found.position;
  return { text: found.text, at: formatPosition(found.position), inSource: source.text.slice(offset, offset + length) };
}

describe('toSourceValue', () => {
  it.each([
    ['a: x {{ y }}', { text: 'x {{ y }}', at: 'f.yaml:1:4', inSource: 'x {{ y }}' }],
    ['a: "{{ y }}"', { text: '{{ y }}', at: 'f.yaml:1:5', inSource: '{{ y }}' }],
    ["a: '{{ y }}'", { text: '{{ y }}', at: 'f.yaml:1:5', inSource: '{{ y }}' }],
    ['a: "\\t{{ y }}"', { text: '\t{{ y }}', at: 'f.yaml:1:4', inSource: '"\\t{{ y }}"' }],
    ['a: !!str "{{ y }}"', { text: '{{ y }}', at: 'f.yaml:1:11', inSource: '{{ y }}' }],
    ['a: |\n  {{ x }}\n  {{ y }}\nb: 1', { text: '{{ x }}\n{{ y }}\n', at: 'f.yaml:2:3', inSource: '{{ x }}\n  {{ y }}' }],
    ['a: |2\n    {{ x }}\n', { text: '  {{ x }}\n', at: 'f.yaml:2:3', inSource: '  {{ x }}' }],
    ['a: |\n\n  {{ x }}\n', { text: '\n{{ x }}\n', at: 'f.yaml:2:1', inSource: '\n  {{ x }}' }],
    ['a: >-  # why\n  x {{ y }}\n', { text: 'x {{ y }}', at: 'f.yaml:2:3', inSource: 'x {{ y }}' }],
    ["a: '{% if x %}y{% endif %}'", { text: '{% if x %}y{% endif %}', at: 'f.yaml:1:5', inSource: '{% if x %}y{% endif %}' }],
  ])('%j', (text, expected) => expect(template(text)).toEqual(expected));

  it('what is tagged !unsafe is a plain text, also inside a list or a mapping', () => {
    expect(read("a: !unsafe '{{.Names}}'")).toEqual({ a: '{{.Names}}' });
    expect(read("!unsafe\na: ['{{ x }}', {b: '{{ y }}'}]")).toEqual({ a: ['{{ x }}', { b: '{{ y }}' }] });
  });

  it('keys and texts without braces are plain', () => {
    expect(read("'{{ k }}': '%{http_code} ${x%y} {a}'")).toEqual({ '{{ k }}': '%{http_code} ${x%y} {a}' });
  });

  it('an anchor and its aliases are one value', () => {
    const value = read("a: &x ['{{ y }}']\nb: *x") as { a: unknown; b: unknown };
    expect(value.b).toBe(value.a);
  });
});
