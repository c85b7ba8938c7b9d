// Whatever a secret has become on its way into a text, the mask stands in its place, and the text around it is what it was.
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { MASK } from '../../../src/base/secret.js';
import { wrapText } from '../../../src/base/text-width.js';
import { Masker } from '../../../src/secrets/masker.js';
import { streamed } from './streamed.js';

type Form = readonly [name: string, write: (secret: string) => string];

function maskerOf(...secrets: string[]): Masker {
  const masker = new Masker();
  for (const secret of secrets) masker.add(secret);
  return masker;
}

/** Printable, of any script, with whatever shells, URLs and markup treat as special. */
const secret = fc
  .string({
    unit: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...'abcXYZ0189') },
      { weight: 3, arbitrary: fc.constantFrom(...`'"\\/%&<>+=-_ $\`!#;:@~.,?[]{}()|^`) },
      { weight: 1, arbitrary: fc.constantFrom('é', 'ß', '€', '😀') },
    ),
    minLength: 8,
    maxLength: 40,
  })
  .filter((text) => text === text.trim() && text.replace(/\s/g, '').length >= 8);
/** Letters that no form of such a secret is made of, and what may stand between. */
const around = fc.string({ unit: fc.constantFrom('Ж', 'Я', 'ю', '字', '\n', ' ', 'Щ\u001b[31mЩ'), maxLength: 20 });

const hexOf = (text: string, each: (octet: string) => string) => (Buffer.from(text).toString('hex').match(/../g) ?? []).map(each).join('');
const json = (text: string) => JSON.stringify(text).slice(1, -1);
const ascii = (text: string) => text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
const html = (text: string) => text.replace(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`);
const named = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;');
const inQuotes = (by: string) => (text: string) => text.replaceAll("'", by);
const everyUnit = (write: (unit: string) => string) => (text: string) => [...text].map(write).join('');

const escapes: readonly Form[] = [
  ['as it is', (text) => text],
  ['JSON', json],
  ['JSON with escaped slashes', (text) => json(text).replaceAll('/', '\\/')],
  ['JSON in ASCII', (text) => ascii(json(text))],
  ['JSON within JSON', (text) => json(json(text))],
  ['JavaScript code points', everyUnit((unit) => `\\u{${unit.codePointAt(0)?.toString(16)}}`)],
  ['octets in hexadecimal', (text) => hexOf(text, (octet) => `\\x${octet}`)],
  ['octets in octal', (text) => hexOf(text, (octet) => `\\${Number.parseInt(octet, 16).toString(8).padStart(3, '0')}`)],
  ['encodeURIComponent', encodeURIComponent],
  ['lower case percent-encoding of all', (text) => hexOf(text, (octet) => `%${octet}`)],
  ['upper case percent-encoding of all', (text) => hexOf(text, (octet) => `%${octet.toUpperCase()}`)],
  ['JSON of a URL', (text) => json(encodeURIComponent(text))],
  ['a URL in HTML', (text) => named(encodeURIComponent(text))],
  ['shell single quotes', inQuotes(`'\\''`)],
  ['shell single quotes by double ones', inQuotes(`'"'"'`)],
  ['shell double quotes', (text) => text.replace(/["\\$`]/g, '\\$&')],
  ['shell backslashes', (text) => text.replace(/[^\w\u0080-\uffff]/g, '\\$&')],
  ['JSON of a shell word', (text) => json(inQuotes(`'\\''`)(text))],
  ['SQL or YAML single quotes', inQuotes("''")],
  ['CSV', (text) => text.replaceAll('"', '""')],
  ['HTML, numbers', html],
  ['XML, names', named],
  ['XML of JSON', (text) => named(json(text))],
  ['hexadecimal', (text) => hexOf(text, (octet) => octet)],
  ['HEXADECIMAL', (text) => hexOf(text, (octet) => octet.toUpperCase())],
  ['hexadecimal with colons', (text) => Buffer.from(text).toString('hex').match(/../g)?.join(':') ?? ''],
  ['base64', (text) => Buffer.from(text).toString('base64')],
  ['base64 without padding', (text) => Buffer.from(text).toString('base64').replace(/=+$/, '')],
  ['base64url', (text) => Buffer.from(text).toString('base64url')],
  ['base64url with padding', (text) => Buffer.from(text).toString('base64').replaceAll('+', '-').replaceAll('/', '_')],
  ['base64 in a URL', (text) => encodeURIComponent(Buffer.from(text).toString('base64'))],
  ['colours between all characters', (text) => [...text].map((unit, at) => (at === 0 ? unit : `\u001b[1;3${at % 8}m${unit}`)).join('')],
];

const broken: readonly Form[] = [
  ['by a terminal of 8 columns', (text) => lines(text, 8).join('\n')],
  ['by a terminal of 13 columns, CR LF', (text) => lines(text, 13).join('\r\n')],
  ['by a table', (text) => wrapText(text, 14).join('\n      ')],
  ['in a diff', (text) => lines(text, 12).join('\n+')],
  ['in a coloured diff', (text) => lines(text, 12).join('\u001b[39m\n\u001b[32m+')],
  ['in a quotation', (text) => lines(text, 9).join('\n  │ ')],
  ['base64 as mail has it', (text) => lines(Buffer.from(text).toString('base64'), 12).join('\r\n')],
  [
    'percent-encoded, within an escape',
    (text) =>
      lines(
        hexOf(text, (octet) => `%${octet}`),
        10,
      ).join('\n'),
  ],
];

function lines(text: string, length: number): string[] {
  const units = [...text];
  return Array.from({ length: Math.ceil(units.length / length) }, (_, at) => units.slice(at * length, (at + 1) * length).join(''));
}

describe.each(escapes)('written as %s', (_, write) => {
  it('is masked, and nothing else', () => {
    fc.assert(
      fc.property(secret, around, around, (text, before, after) => {
        expect(maskerOf(text).mask(`${before}Ж${write(text)}Ж${after}`)).toBe(`${before}Ж${MASK}Ж${after}`);
      }),
    );
  });

  it('is masked when it arrives in pieces', () => {
    fc.assert(
      fc.property(secret, around, around, fc.array(fc.nat(), { maxLength: 8 }), (text, before, after, cuts) => {
        expect(streamed(maskerOf(text), `${before}Ж${write(text)}Ж${after}`, cuts)).toBe(`${before}Ж${MASK}Ж${after}`);
      }),
    );
  });
});

describe.each(broken)('broken %s', (_, write) => {
  const words = secret.filter((text) => !/^[-+|>\s]|[-+|>\s]{2}|\s$/.test(text) && text.length >= 14);

  it('is masked, and nothing else', () => {
    fc.assert(
      fc.property(words, around, around, (text, before, after) => {
        const out = maskerOf(text).mask(`${before}Ж${write(text)}Ж${after}`);
        expect(out).toBe(`${before}Ж${MASK}Ж${after}`);
      }),
    );
  });

  it('shows three characters of it at most when it arrives in pieces', () => {
    fc.assert(
      fc.property(words, fc.array(fc.nat(), { maxLength: 8 }), (text, cuts) => {
        const out = streamed(maskerOf(text), `Ж${write(text)}Ж\n`, cuts);
        expect(out).toMatch(/^Ж[^Ж]*Ж\n$/);
        expect(out).toContain(MASK);
        expect(out.replace(/[Ж*\s]/g, '').length).toBeLessThan(write([...text].slice(0, 4).join('')).length);
      }),
    );
  });
});

describe('in base64 of a longer text', () => {
  it('wherever it begins, what is its own is masked, and what is not stays', () => {
    fc.assert(
      fc.property(secret, fc.string({ maxLength: 9 }), fc.string({ maxLength: 9 }), fc.boolean(), (text, before, after, url) => {
        const written = Buffer.from(before + text + after).toString(url ? 'base64url' : 'base64');
        const out = maskerOf(text).mask(`Ж${written}Ж`);
        const [head = '', tail = '', ...more] = out.split(MASK);
        expect(more).toEqual([]);
        // One character at each end holds bits of both.
        const size = (part: string) => Math.ceil((Buffer.from(part).length * 8) / 6);
        expect(head.length - 1).toBeLessThanOrEqual(size(before));
        expect(head.length - 1).toBeGreaterThanOrEqual(size(before) - 1);
        expect(tail.replace(/=*Ж$/, '').length).toBeLessThanOrEqual(size(after) + 1);
        expect(`Ж${written}Ж`.startsWith(head) && `Ж${written}Ж`.endsWith(tail)).toBe(true);
      }),
    );
  });

  it('in the header of a request', () => {
    const header = `Authorization: Basic ${Buffer.from('admin:correct horse').toString('base64')}\r\nHost: x\r\n`;
    expect(maskerOf('correct horse').mask(header)).toMatch(/^Authorization: Basic YWRtaW46\*{8}U?=*\r\nHost: x\r\n$/);
  });
});

describe('YAML', () => {
  const styles = ['PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'] as const;
  it.each(styles)('%s, folded at 40 columns', (style) => {
    fc.assert(
      fc.property(secret, (text) => {
        const document = { before: 'Жук', nested: { value: text }, after: 'Яма' };
        const written = stringify(document, { defaultStringType: style, defaultKeyType: 'PLAIN', lineWidth: 40, minContentWidth: 8 });
        expect(parse(written)).toEqual(document);
        const out = maskerOf(text).mask(written);
        expect(out).not.toContain(text);
        expect(out).toContain(MASK);
        expect(out).toMatch(/before:\s(.*\s)?.*Жук/);
        expect(out).toMatch(/Яма/);
        const value = out.slice(out.indexOf('value'), out.indexOf('after')).replace(/value|[\s:'"|>+-]|\d\n/g, '');
        expect(value).toBe(MASK);
      }),
    );
  });
});

describe('a file', () => {
  const line = fc.string({ unit: fc.constantFrom(...'ABCDEFabcdef0123456789+/'), minLength: 1, maxLength: 64 });
  const file = fc.array(line, { minLength: 2, maxLength: 6 }).filter((all) => all.join('').length >= 8);

  it('as a YAML block, indented, with other line endings, as JSON', () => {
    fc.assert(
      fc.property(file, (all) => {
        const text = `${all.join('\n')}\n`;
        const masker = maskerOf(text);
        expect(masker.mask(`Ж: |\n${all.map((each) => `    ${each}\n`).join('')}Я: 1\n`).replace(/\s+/g, ' ')).toBe(`Ж: | ${MASK} Я: 1 `);
        expect(masker.mask(`Ж\n${all.join('\r\n')}\r\nЯ`).replace(/\s+/g, ' ')).toBe(`Ж ${MASK} Я`);
        expect(masker.mask(JSON.stringify({ Ж: text }))).toBe(`{"Ж":"${MASK}"}`);
        expect(masker.mask(`Ж ${Buffer.from(text).toString('base64')} Я`)).toBe(`Ж ${MASK} Я`);
      }),
    );
  });

  it('line by line: each one of six characters or more is a secret', () => {
    const key = `-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\nAgEGCCqGSM49AwEHBG0w\nQ=\n-----END PRIVATE KEY-----\n`;
    const masker = maskerOf(key);
    expect(masker.mask('1: AgEGCCqGSM49AwEHBG0w\n2: Q=\n')).toBe(`1: ${MASK}\n2: Q=\n`);
    expect(masker.mask('+AgEGCCqGSM49AwEHBG0w\n')).toBe(`+${MASK}\n`);
    expect(masker.mask('-----BEGIN PRIVATE KEY-----\n')).toBe('-----BEGIN PRIVATE KEY-----\n');
    expect(masker.mask(Buffer.from('MIGHAgEAMBMGByqGSM49').toString('base64'))).toBe(MASK);
  });
});

describe('what programs make of it', () => {
  const text = `p@ss'w"o\\rd/+&<é> $x%y`;
  const printed: readonly Form[] = [
    ['bash %q', () => execFileSync('bash', ['-c', 'LC_ALL=C.UTF-8 printf %q "$0"', text], { encoding: 'utf8' })],
    ['bash %q in the C locale', () => execFileSync('bash', ['-c', 'LC_ALL=C printf %q "$0"', text], { encoding: 'utf8' })],
    ['bash -x', () => traced('bash', text)],
    ['sh -x', () => traced('sh', text)],
    ['a URL', () => new URL(`https://user:${encodeURIComponent(text)}@example.ru/`).href],
    ['the password of a URL', () => Object.assign(new URL('https://user@example.ru/'), { password: text.replaceAll('%', '%25') }).href],
    ['the query of a URL', () => new URL(`https://example.ru/?${new URLSearchParams({ key: text })}`).href],
    ['console.log', () => execFileSync(process.execPath, ['-e', 'console.log({ a: [process.argv[1]] })', text], { encoding: 'utf8' })],
  ];
  it.each(printed)('%s', (_, write) => {
    const said = write(text);
    const out = maskerOf(text).mask(said);
    expect(out).not.toBe(said);
    expect(out.split(MASK).length).toBe(2);
    expect(out.replace(MASK, '')).toMatch(/^[\w\s:'"`/?=@.{}[\]$+-]*$/);
    expect(out).not.toMatch(/p@ss|p%40ss|rd/);
  });

  function traced(shell: string, word: string): string {
    const script = `exec 2>&1; set -x; : "$1"`;
    return execFileSync(shell, ['-c', script, shell, word], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  }
});

describe('what only looks like one is left', () => {
  it('ends of short lines, columns of figures, words apart', () => {
    const masker = maskerOf('12345678', 'abcd', 'secretword');
    for (const text of ['1\n2\n3\n4\n5\n6\n7\n8\n', '12 34 56 78', 'a long line that ends ab\ncd begins', 'secret word', '1234\t5678'])
      expect(masker.mask(text)).toBe(text);
  });

  it('a beginning, unless it was cut off there', () => {
    const masker = maskerOf('correct horse battery staple');
    expect(masker.mask('correct horse')).toBe('correct horse');
    expect(masker.mask('found "correct horse…", expected a number')).toBe(`found "${MASK}…", expected a number`);
    expect(masker.mask('corr…')).toBe('corr…');
  });
});

it('is quick: a quarter of a megabyte with many secrets', () => {
  const masker = maskerOf(...Array.from({ length: 200 }, (_, at) => `secret ${at} & 'more' of ${at * 7919}`));
  const text = `a line of a log with "quotes" \\n and 100%, a & b, 'c' and <d>\n`.repeat(4096);
  const started = performance.now();
  expect(masker.mask(`${text}secret 7 & 'more' of 55433`)).toBe(text + MASK);
  expect(performance.now() - started).toBeLessThan(5000);
});
