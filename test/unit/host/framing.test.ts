import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameReader } from '../../../src/host/session/frame-reader.js';
import { length, pack, unpack } from '../../../src/host/session/pack.js';

const bytes = fc.uint8Array({ maxLength: 50 }).map((each) => Buffer.from(each));

describe('packed fields', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(bytes), (fields) => {
        expect(unpack(pack(...fields))).toEqual(fields);
      }),
    );
  });

  it('may nest', () => {
    const [inner, after] = unpack(pack(pack('a', ''), 7));
    expect(unpack(inner ?? Buffer.alloc(0)).map(String)).toEqual(['a', '']);
    expect(String(after)).toBe('7');
  });

  it('that are cut off are not taken for whole ones', () => {
    const packed = pack('abc');
    expect(() => unpack(packed.subarray(0, packed.length - 1))).toThrow(RangeError);
  });
});

describe('frames', () => {
  it('are cut right wherever the chunks are split', () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 6 }), fc.array(fc.nat(400), { maxLength: 12 }), (payloads, cuts) => {
        const stream = Buffer.concat(payloads.flatMap((payload) => [Buffer.from('nonce123'), length(payload.length), payload]));
        const seen: Buffer[] = [];
        const reader = new FrameReader('nonce123', (payload) => seen.push(Buffer.from(payload)));
        let at = 0;
        for (const cut of [...cuts.map((each) => each % (stream.length + 1)), stream.length].sort((a, b) => a - b)) {
          reader.push(stream.subarray(at, cut));
          at = cut;
        }
        expect(seen).toEqual(payloads);
      }),
    );
  });

  it('without the nonce are refused', () => {
    const reader = new FrameReader('nonce123', () => {});
    expect(() => reader.push(Buffer.from('late output of a child'))).toThrow(RangeError);
  });
});
