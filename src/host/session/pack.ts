/** Fields as they travel: their count, then each with its length in front, all 32-bit big-endian (perl: `pack 'N(N/a*)*'`). */
export type Field = string | number | boolean | Buffer | undefined;

export function pack(...fields: readonly Field[]): Buffer {
  const parts: Buffer[] = [length(fields.length)];
  for (const field of fields) {
    const bytes = bytesOf(field);
    parts.push(length(bytes.length), bytes);
  }
  return Buffer.concat(parts);
}

export function unpack(packed: Buffer): Buffer[] {
  const fields: Buffer[] = [];
  let at = 4;
  for (let left = packed.readUInt32BE(0); left > 0; left -= 1) {
    const end = at + 4 + packed.readUInt32BE(at);
    if (end > packed.length) throw new RangeError('a packed field is longer than its frame');
    fields.push(packed.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

export function length(count: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(count);
  return bytes;
}

/** Undefined is the empty field: where it differs from empty text a flag goes beside it. Booleans are 1 and empty. */
function bytesOf(field: Field): Buffer {
  if (field === undefined || field === false) return Buffer.alloc(0);
  if (field === true) return Buffer.from('1');
  return Buffer.isBuffer(field) ? field : Buffer.from(String(field));
}
