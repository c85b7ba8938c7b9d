import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MASK, Secret } from '../../../src/base/secret.js';
import { Masker } from '../../../src/secrets/masker.js';
import { MaskingWriter } from '../../../src/secrets/masking-writer.js';
import { streamed } from './streamed.js';

function maskerOf(...secrets: string[]): Masker {
  const masker = new Masker();
  for (const secret of secrets) masker.add(secret);
  return masker;
}

/** Secrets as people and servers make them: without the mask's own character, not of spaces, nor such as continue a shell's line. */
const secret = fc
  .string({ minLength: 4, maxLength: 30 })
  .filter((text) => !text.includes('*') && text.trim().length >= 4 && !text.endsWith('\\'));
/** Letters that no form of such a secret can be made of. */
const around = fc.string({ unit: fc.constantFrom('Ж', 'Я', 'ю', '\n', '字'), maxLength: 20 });

describe('what is masked', () => {
  const text = `p@ss'w"o\\rd/+&<é> $x`;
  const forms: [string, string][] = [
    ['as it is', text],
    ['JSON', JSON.stringify(text).slice(1, -1)],
    ['JSON within JSON', JSON.stringify(JSON.stringify(text)).slice(3, -3)],
    ['JSON in ASCII', JSON.stringify(text).slice(1, -1).replace('é', '\\u00e9')],
    ['encodeURIComponent', encodeURIComponent(text)],
    ['a form', new URLSearchParams({ a: text }).toString().slice(2)],
    ['base64', Buffer.from(text).toString('base64')],
    ['base64url', Buffer.from(text).toString('base64url')],
    ['base64 of a header', Buffer.from(`user:${text}`).toString('base64')],
    ['hex', Buffer.from(text).toString('hex')],
    ['HEX', Buffer.from(text).toString('hex').toUpperCase()],
    ['HTML', text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
    ['bash %q', execFileSync('bash', ['-c', 'LC_ALL=C.UTF-8 printf %q "$0"', text], { encoding: 'utf8' })],
    [
      'sh -x',
      execFileSync('sh', ['-xc', ': "$0" 2>/dev/null; exit 0', text], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }) || text,
    ],
  ];
  it.each(forms)('%s', (_, form) => {
    const out = maskerOf(text).mask(`before ${form} after`);
    expect(out.startsWith('before ')).toBe(true);
    expect(out.endsWith(' after')).toBe(true);
    expect(out).toContain(MASK);
    expect(out.length).toBeLessThan('before  after'.length + 30);
  });

  it('a file line by line, but for its frame', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\nAgEGCCqGSM49AwEHBG0w\n-----END PRIVATE KEY-----\n';
    const out = maskerOf(key).mask('  MIGHAgEAMBMGByqGSM49\r\n-----BEGIN PRIVATE KEY-----\nx AgEGCCqGSM49AwEHBG0w\n');
    expect(out).toBe(`  ${MASK}\r\n-----BEGIN PRIVATE KEY-----\nx ${MASK}\n`);
    expect(maskerOf(key).mask(`a${key}b`)).toBe(`a${MASK}b`);
  });

  it('a secret without the line feed it was read with', () => {
    expect(maskerOf('hunter2\n').mask('hunter2')).toBe(MASK);
  });

  it('overlapping secrets leave no part', () => {
    expect(maskerOf('abcdef', 'defghi').mask('xabcdefghiy')).toBe(`x${MASK}y`);
    expect(maskerOf('abcd', 'abcdefgh').mask('abcdefgh abcd')).toBe(`${MASK} ${MASK}`);
  });

  it('not what is shorter than four characters', () => {
    expect(maskerOf('abc', '').mask('abc abc')).toBe('abc abc');
  });

  it('values and keys, deep, and numbers', () => {
    const masker = maskerOf('secret1', 'secret2', '123456');
    const value = { a: ['secret1', 1, null, true], secret1: { b: 'x secret2' }, secret2: 123456, c: new Secret('z'), n: 1234 };
    expect(masker.maskValue(value)).toEqual({
      a: [MASK, 1, null, true],
      [MASK]: { b: `x ${MASK}` },
      [`${MASK} (2)`]: MASK,
      c: MASK,
      n: 1234,
    });
    expect(JSON.stringify(masker.maskValue(JSON.parse('{"__proto__": "secret1"}')))).toBe(`{"__proto__":"${MASK}"}`);
  });
});

describe('laws', () => {
  it('a secret never comes out, and the text around it does', () => {
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 4 }),
        fc.array(fc.tuple(around, fc.nat())),
        around,
        (secrets, parts, last) => {
          const masker = maskerOf(...secrets);
          const text = parts.map(([lead, which]) => lead + secrets[which % secrets.length]).join('') + last;
          const out = masker.mask(text);
          for (const each of secrets) expect(out).not.toContain(each);
          expect(out.replaceAll('*', '')).toBe(parts.map(([lead]) => lead).join('') + last);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('text without a secret is left alone', () => {
    fc.assert(
      fc.property(secret, around, (each, text) => {
        expect(maskerOf(each).mask(text)).toBe(text);
      }),
    );
  });

  it('a stream cut anywhere is masked as the whole', () => {
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 3 }),
        fc.array(fc.tuple(around, fc.nat()), { maxLength: 6 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        (secrets, parts, cuts) => {
          const text = parts.map(([lead, which]) => lead + secrets[which % secrets.length]).join('');
          const whole = maskerOf(...secrets).mask(text);
          const out = streamed(maskerOf(...secrets), text, cuts);
          for (const each of secrets) expect(out).not.toContain(each);
          expect(out.replaceAll('*', '')).toBe(whole.replaceAll('*', ''));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('a stream flushed after every byte shows three characters of a secret at most', () => {
    fc.assert(
      fc.property(secret, around, around, (each, before, after) => {
        let out = '';
        const writer = new MaskingWriter(maskerOf(each), (piece) => {
          out += piece;
        });
        for (const character of before + each + after) {
          writer.write(character);
          writer.flush();
        }
        writer.end();
        expect(out).not.toContain(each.slice(0, 4));
        expect(out.endsWith(after)).toBe(true);
        expect(out.startsWith(before)).toBe(true);
        expect(out.slice(before.length, out.length - after.length).replaceAll('*', '').length).toBeLessThanOrEqual(3);
      }),
    );
  });
});

describe('the writer', () => {
  function written(...secrets: string[]) {
    const pieces: string[] = [];
    return { pieces, writer: new MaskingWriter(maskerOf(...secrets), (piece) => pieces.push(piece)) };
  }

  it('writes at once what cannot become a secret', () => {
    const { pieces, writer } = written('hunter2');
    writer.write('line\nPassword: ');
    expect(pieces).toEqual(['line\nPassword: ']);
    writer.write('hun');
    writer.write('ger\n');
    expect(pieces.join('')).toBe('line\nPassword: hunger\n');
  });

  it('an incomplete secret at the end is text', () => {
    const { pieces, writer } = written('hunter2');
    writer.write('x hunte');
    writer.end();
    expect(pieces.join('')).toBe('x hunte');
  });

  it('learns secrets while it runs', () => {
    const masker = new Masker();
    const pieces: string[] = [];
    const writer = new MaskingWriter(masker, (piece) => pieces.push(piece));
    writer.write('abcdef ');
    masker.add('abcdef');
    writer.write('abc');
    writer.write('def');
    writer.end();
    expect(pieces.join('')).toBe(`abcdef ${MASK}`);
  });
});
