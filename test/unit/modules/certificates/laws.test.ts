import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authority, codes, examine, joined, openssl, root, server, told } from './bundles.js';

const upper = openssl.issue('/CN=Upper CA', { issuer: root, extensions: authority });
const lower = openssl.issue('/CN=Lower CA', { issuer: upper, extensions: authority });
const leaf = openssl.issue('/CN=chats.example.ru', { issuer: lower, extensions: server() });
const chain = [leaf, lower, upper, root];
const right = examine(joined(...chain), leaf.key).pem;

/** Of the file, as places in the chain. */
const order = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 });
const certificates = (places: readonly number[]): string => places.map((place) => chain[place]?.certificate).join('');
/** Lines that are no PEM, as containers and people leave them between the blocks. */
const between = fc.string({ maxLength: 60 }).filter((text) => !text.includes('-----'));
const lineEnd = fc.constantFrom('\n', '\r\n');

describe('for every chain', () => {
  it('one order is right, and any other one is put right where that is asked for', () => {
    fc.assert(
      fc.property(order, (given) => {
        const asRight = given.every((place, index) => place === index);
        expect(codes(examine(certificates(given), leaf.key))).toEqual(asRight ? [] : ['wrong-order']);
        const found = examine(certificates(given), leaf.key, { reorder: true });
        expect(codes(found)).toEqual(asRight ? [] : ['reordered']);
        expect(found.pem).toBe(right);
      }),
      { numRuns: 24 },
    );
  });

  it.each([
    [0, { code: 'no-leaf' }],
    [1, { code: 'missing-intermediate', issuer: 'Lower CA' }],
    [2, { code: 'other-root', issuer: 'Upper CA' }],
    [3, { code: 'missing-root', issuer: 'Example Root CA' }],
  ])('without its certificate %i that is told, whatever the order', (lost, problem) => {
    fc.assert(
      fc.property(order, (given) => {
        const left = given.filter((index) => index !== lost);
        const found = examine(certificates(left), leaf.key, { reorder: true });
        expect(told(found).filter(({ severity }) => severity !== 'warning')).toMatchObject([problem]);
      }),
      { numRuns: 24 },
    );
  });

  it('what stands around the certificates and the key changes nothing', () => {
    fc.assert(
      fc.property(fc.array(between, { minLength: 5, maxLength: 5 }), lineEnd, (texts, end) => {
        const lines = (blocks: readonly string[]) =>
          blocks
            .map((block, index) => `${texts[index]}\n${block}\n`)
            .join('')
            .replaceAll('\n', end);
        const found = examine(lines(chain.map(({ certificate }) => certificate)), lines([leaf.key]));
        expect(told(found)).toEqual([]);
        expect(found.pem).toBe(right);
        expect(found.keyPem).toBe(leaf.key);
      }),
    );
  });

  it('bytes of any kind are told, and never an accident', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const found = examine(Buffer.from(bytes), Buffer.from(bytes));
        expect(found.problems.some(({ severity }) => severity === 'error')).toBe(true);
      }),
    );
  });
});
