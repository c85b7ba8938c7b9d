import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../../../src/base/diff.js';
import { formatDuration } from '../../../src/base/duration.js';
import { en } from '../../../src/base/messages/en.js';
import { type MessageKey, message } from '../../../src/base/messages/message.js';
import { ru } from '../../../src/base/messages/ru.js';
import { printable } from '../../../src/base/printable.js';
import { padTo, textWidth, truncateTo, wrapText } from '../../../src/base/text-width.js';

const text = fc.string({ unit: 'grapheme', maxLength: 60 });

describe('text on a terminal', () => {
  it('counts columns, not characters', () => {
    expect([textWidth('привет'), textWidth('日本'), textWidth('\u001b[31mred\u001b[39m'), textWidth('e\u0301')]).toEqual([6, 4, 3, 1]);
    expect(padTo('日本', 6)).toBe('日本  ');
  });

  it('truncates to the width', () => {
    expect(truncateTo('abcdef', 4)).toBe('abc…');
    expect(truncateTo('abcd', 4)).toBe('abcd');
    fc.assert(fc.property(text, fc.integer({ min: 3, max: 40 }), (each, columns) => textWidth(truncateTo(each, columns)) <= columns));
  });

  it('wraps at spaces, inside a word only when it must', () => {
    expect(wrapText('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrapText('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
    expect(wrapText('a\n\nb', 3)).toEqual(['a', '', 'b']);
  });

  it('wraps without losing a word', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 8, max: 40 }), (each, columns) => {
        const lines = wrapText(each, columns);
        for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(columns);
        expect(lines.join('').replace(/[ \n]/g, '')).toBe(each.replace(/[ \n]/g, ''));
      }),
    );
  });

  it('obeys no escape sequence of a host', () => {
    expect(printable('a\u001b[2Jb\r\nc\td\u202ee\u009b')).toBe('a\\x1b[2Jb\nc\td\\u202ee\\u009b');
  });

  it.each([
    [0, '0ms'],
    [999, '999ms'],
    [1_500, '1.5s'],
    [9_949, '9.9s'],
    [9_950, '10s'],
    [59_499, '59s'],
    [59_600, '1m00s'],
    [125_000, '2m05s'],
    [3_720_000, '1h02m'],
  ])('says %i ms as %s', (ms, expected) => {
    expect(formatDuration(ms)).toBe(expected);
  });
});

describe('messages', () => {
  it.each([
    [1, '1 проверка'],
    [2, '2 проверки'],
    [5, '5 проверок'],
    [11, '11 проверок'],
    [21, '21 проверка'],
  ])('has Russian plural forms: %i', (count, expected) => {
    expect(message('ru', 'findings.summary', { count, met: 0, fatal: 0, warnings: 0, unknown: 0 })).toMatch(new RegExp(`^${expected}:`));
  });

  it('has the same places in both languages', () => {
    const places = (value: unknown) => [...new Set(JSON.stringify(value).match(/\{\w+\}/g) ?? [])].sort();
    for (const key of Object.keys(en) as MessageKey[]) expect([key, places(ru[key])]).toEqual([key, places(en[key])]);
  });
});

describe('unifiedDiff', () => {
  it('shows three lines of context', () => {
    const lines = Array.from({ length: 20 }, (_, at) => `${at}\n`);
    const after = lines.map((line) => (line === '10\n' ? 'ten\n' : line));
    expect(unifiedDiff('/etc/x', lines.join(''), after.join(''))).toBe(
      '--- before: /etc/x\n+++ after: /etc/x\n@@ -8,7 +8,7 @@\n 7\n 8\n 9\n-10\n+ten\n 11\n 12\n 13\n',
    );
  });

  it('of a new file comes from nothing', () => {
    expect(unifiedDiff('/etc/x', undefined, 'a\n')).toBe('--- /dev/null\n+++ after: /etc/x\n@@ -0,0 +1,1 @@\n+a\n');
  });

  it('of equal texts is empty', () => {
    expect(unifiedDiff('/etc/x', 'a\n', 'a\n')).toBe('');
  });

  it('gives up on what is too different', () => {
    const unrelated = (seed: number) => Array.from({ length: 4_000 }, (_, at) => `${(at * 7919 * seed) % 10_007} ${seed}\n`).join('');
    expect(unifiedDiff('/etc/x', unrelated(1), unrelated(2), 1)).toBeUndefined();
  });
});
