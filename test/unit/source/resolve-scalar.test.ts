import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceText } from '../../../src/base/position.js';
import { resolvePlain } from '../../../src/source/resolve-scalar.js';
import { toSourceValue } from '../../../src/source/source-value.js';
import { parseYaml } from '../../../src/source/yaml.js';

/** What PyYAML 6.0.3's safe_load answers. */
const same =
  `y Y n N yEs oN tRue nULL none None 0888 0o644 08 09 --1 _1 0X1F 0x 0b 0B1 0b2 1e3 1.0e3 1e+3 12e03 -.5 +.5 1.2.3 . .iNf -.nan inf nan 01:30 1:60
  11:22:33:44:55:66 10.0.0.1 abc 1a 1,000`.split(/\s+/);
const typed: readonly (readonly [string, null | boolean | number])[] = [
  ...['yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE'].map((text) => [text, true] as const),
  ...['no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE'].map((text) => [text, false] as const),
  ...['~', 'null', 'Null', 'NULL', ''].map((text) => [text, null] as const),
  ['0', 0],
  ['00', 0],
  ['0644', 420],
  ['0777', 511],
  ['007', 7],
  ['+0644', 420],
  ['-0644', -420],
  ['0_7', 7],
  ['0_', 0],
  ['+1', 1],
  ['-1', -1],
  ['1_000', 1000],
  ['1__0', 10],
  ['1_', 1],
  ['0x1F', 31],
  ['0x_f', 15],
  ['-0x1f', -31],
  ['0b1', 1],
  ['-0b11', -3],
  ['11:22:33', 40_953],
  ['1:30', 90],
  ['-1:30', -90],
  ['1:2:3:4', 223_384],
  ['0:30.5', 30.5],
  ['1:30.5', 90.5],
  ['1.0e+3', 1000],
  ['1.5E-2', 0.015],
  ['1.', 1],
  ['.5', 0.5],
  ['.5e+3', 500],
  ['1_0.5', 10.5],
  ['.inf', Number.POSITIVE_INFINITY],
  ['-.inf', Number.NEGATIVE_INFINITY],
  ['+.INF', Number.POSITIVE_INFINITY],
  ['.NaN', Number.NaN],
];

describe('resolvePlain', () => {
  it.each(same)('%s is a text', (text) => expect(resolvePlain(text)).toBe(text));
  it.each(typed)('%s is %s', (text, value) => expect(resolvePlain(text)).toBe(value));

  it('keeps dates, and the digits of numbers that a double cannot hold', () => {
    for (const text of ['2001-12-14', '2001-12-14 21:59:43.10 -5', '9007199254740993', '99999999999999999999']) {
      expect(resolvePlain(text)).toBe(text);
    }
    expect(resolvePlain('0xffffffffffffffff')).toBe('18446744073709551615');
  });
});

describe('scalars in a document', () => {
  const read = (text: string) => toSourceValue(parseYaml(new SourceText('f.yaml', text)));

  it('read any text back that is written in double quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(read(`- ${JSON.stringify(text).replaceAll('{', '\\x7B')}`)).toSatisfy((list) => String(list) === text);
      }),
    );
  });

  it('read whole numbers back as they are printed in each base', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (number) => {
        const size = Math.abs(number);
        const sign = number < 0 ? '-' : '';
        expect(read(`[${number}, ${sign}0x${size.toString(16)}, ${sign}0b${size.toString(2)}, ${sign}0${size.toString(8)}]`)).toEqual(
          Array(4).fill(number === 0 ? 0 : number),
        );
      }),
    );
  });

  it('are text in quotes and in blocks, whatever they look like', () => {
    expect(read('["yes", \'0644\', "~"]')).toEqual(['yes', '0644', '~']);
    expect(read('|\n  yes\n')).toBe('yes\n');
    expect(read('>-\n  1\n')).toBe('1');
  });

  it('take the type that a tag gives', () => {
    expect(read('[!!str yes, !!int "010", !!bool "no", !!float 3, !!null "", ! 12]')).toEqual(['yes', 8, false, 3, null, '12']);
  });
});
