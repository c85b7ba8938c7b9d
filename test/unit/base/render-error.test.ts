import { describe, expect, it } from 'vitest';
import { type Diagnostic, diagnostic } from '../../../src/base/errors.js';
import { inRussian } from '../../../src/base/phrases.js';
import { SourceText } from '../../../src/base/position.js';
import { renderDiagnostic } from '../../../src/base/render-error.js';

const playbook = new SourceText(
  'playbooks/install.yaml',
  `${'\n'.repeat(11)}    - name: configuration\n      file:\n        onwer: root\n`,
);
const at = (source: SourceText, text: string) => ({ source, offset: source.text.indexOf(text), length: text.length });
const english = (found: Diagnostic) => renderDiagnostic(found, { language: 'en', colour: false });
const russian = (found: Diagnostic) => renderDiagnostic(found, { language: 'ru', colour: false });

describe('renderDiagnostic', () => {
  const unknown = diagnostic('args/unknown', { name: 'onwer', owner: 'file' }, { position: at(playbook, 'onwer'), nearest: 'owner' });

  it('shows the place, the line before, and what was meant', () => {
    expect(english(unknown)).toBe(
      `playbooks/install.yaml:14:9: error: unknown argument "onwer" of module "file"
   13 |       file:
   14 |         onwer: root
      |         ^^^^^ did you mean "owner"?
  fix: See "chatsctl doc file" for the names.`,
    );
  });

  it('speaks Russian, kinds of values and the guess included', () => {
    expect(russian(unknown)).toBe(
      `playbooks/install.yaml:14:9: ошибка: неизвестный аргумент «onwer» модуля «file»
   13 |       file:
   14 |         onwer: root
      |         ^^^^^ возможно, имелось в виду «owner»?
  исправить: Имена показывает «chatsctl doc file».`,
    );
    const form = diagnostic('args/invalid', { name: 'path', owner: 'file', found: 'a list', expected: 'a text' }, { severity: 'warning' });
    expect(russian(form)).toBe(
      `предупреждение: аргумент «path» у file: найдено список, ожидалось текст
  исправить: Запишите значение в ожидаемом виде; пример показывает «chatsctl doc file».`,
    );
  });

  it('has a first line, a hint without a place, a hint of several lines', () => {
    const source = new SourceText('a.yaml', 'a: b: c');
    const colon = diagnostic('yaml/colon', {}, { position: { source, offset: 4, length: 1 }, hint: "'b: c'\nor a block" });
    expect(english(colon)).toBe(
      `a.yaml:1:5: error: found ": " inside a value, where it begins a mapping
    1 | a: b: c
      |     ^ 'b: c'
      |       or a block
  fix: Put the whole value in single quotes.`,
    );
    expect(english(diagnostic('yaml/colon', {}, { hint: "'b: c'" }))).toBe(
      `error: found ": " inside a value, where it begins a mapping
  'b: c'
  fix: Put the whole value in single quotes.`,
    );
  });

  it.each<[string, string, string, string, string]>([
    ['tabs', 'a:\n\tb:\tcc dd', 'cc', '        b:      cc dd', '                ^^'],
    ['wide characters', 'a\n漢字: 値 x', '値', '漢字: 値 x', '      ^^'],
    ['Cyrillic, and combining characters', 'a\nи\u0306мя: йо', 'йо', 'и\u0306мя: йо', '     ^^'],
    ['control characters', 'a\nb\u001b[31m: c', 'c', 'b\\x1b[31m: c', '           ^'],
    ['more than one line', 'a\nb: x\n  y', 'x\n  y', 'b: x', '   ^'],
  ])('carets stand under what is meant: %s', (_, text, part, line, carets) => {
    const source = new SourceText('f', text);
    expect(
      english(diagnostic('yaml/colon', {}, { position: at(source, part) }))
        .split('\n')
        .slice(2, 4),
    ).toEqual([`    2 | ${line}`, `      | ${carets}`]);
  });

  it('points behind the end of an empty line', () => {
    const source = new SourceText('f', 'a:\n');
    const shown = english(diagnostic('yaml/colon', {}, { position: { source, offset: 3, length: 0 } }));
    expect(shown.split('\n').slice(1, 4)).toEqual(['    1 | a:', '    2 |', '      | ^']);
  });

  it('colours the label, the carets and the margin, and nothing else', () => {
    const shown = renderDiagnostic(unknown, { language: 'en', colour: true });
    expect(shown).toContain('\u001b[31m\u001b[1merror\u001b[22m\u001b[39m: unknown argument');
    expect(shown).toContain('\u001b[31m        ^^^^^ did you mean "owner"?\u001b[39m');
    expect(shown.replace(/\u001b\[\d+m/g, '')).toBe(english(unknown));
  });
});

describe('inRussian', () => {
  it.each([
    ['a list', 'список'],
    ['a list, each a path', 'список, каждый элемент — путь'],
    ['true or false', 'true или false'],
    ['"file", "directory" or "absent"', '"file", "directory" или "absent"'],
    ['a list or a text', 'список или текст'],
    ['the number 0644', 'число 0644'],
    ['"a list or a text"', '"a list or a text"'],
    ['one or the other', 'one or the other'],
    ['toString', 'toString'],
  ])('%s', (phrase, said) => expect(inRussian(phrase)).toBe(said));
});
