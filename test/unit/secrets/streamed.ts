import type { Masker } from '../../../src/secrets/masker.js';
import { MaskingWriter } from '../../../src/secrets/masking-writer.js';

/** What a writer makes of a text that reaches it in pieces: `cuts` are offsets in bytes, taken modulo its length. */
export function streamed(masker: Masker, text: string, cuts: readonly number[]): string {
  let out = '';
  const bytes = Buffer.from(text);
  const writer = new MaskingWriter(masker, (piece) => {
    out += piece;
  });
  let from = 0;
  for (const cut of cuts.map((each) => each % (bytes.length + 1)).sort((a, b) => a - b)) {
    writer.write(bytes.subarray(from, cut));
    from = cut;
  }
  writer.write(bytes.subarray(from));
  writer.end();
  return out;
}
