import { describe, expect, it } from 'vitest';
import { quoteRegex, Regex, RegexSyntaxError } from '../../../src/base/regex.js';

describe('Regex', () => {
  it('finds with groups, named and not', () => {
    const match = new Regex('(?i)client\\s+(?P<kind>id|secret)(x)?:').first('Enter CLIENT ID: ');
    expect(match).toEqual({
      start: 6,
      end: 16,
      text: 'CLIENT ID:',
      groups: ['ID', undefined],
      groupStarts: [13, undefined],
      named: { kind: 'ID' },
    });
  });

  it('finds all, in order, in Cyrillic too', () => {
    expect(new Regex('(?i)домен').all('Домен, домен').map(({ start, end }) => [start, end])).toEqual([
      [0, 5],
      [7, 12],
    ]);
    expect(new Regex('x*').all('ax').map((each) => each.text)).toEqual(['', 'x', '']);
  });

  it('starts where it is told', () => {
    expect(new Regex('a').first('aba', 1)?.start).toBe(2);
    expect(new Regex('a').first('b')).toBeUndefined();
  });

  it.each(['(?=x)', '(', '\\1'])('refuses %s with a reason', (source) => {
    expect(() => new Regex(source)).toThrow(RegexSyntaxError);
  });

  it('cannot be made to hang', () => {
    expect(new Regex('^(a+)+$').test(`${'a'.repeat(5_000)}!`)).toBe(false);
  });

  it('quotes', () => {
    expect(new Regex(quoteRegex('a.b(*)')).test('a.b(*)')).toBe(true);
    expect(new Regex(quoteRegex('a.b')).test('axb')).toBe(false);
  });
});
