/** The data types of the SSH protocol (RFC 4251, 5), read one after the other; a RangeError where the bytes end too early. */
export class Fields {
  at = 0;

  constructor(private readonly bytes: Buffer) {}

  get left(): boolean {
    return this.at < this.bytes.length;
  }

  field(): Buffer {
    const start = this.at + 4;
    const end = start + this.bytes.readUInt32BE(this.at);
    if (end > this.bytes.length) throw new RangeError('a field is longer than what holds it');
    this.at = end;
    return this.bytes.subarray(start, end);
  }

  text(): string {
    return this.field().toString('latin1');
  }

  /** 32 bits. */
  number(): number {
    this.at += 4;
    return this.bytes.readUInt32BE(this.at - 4);
  }

  /** 64 bits. */
  long(): bigint {
    this.at += 8;
    return this.bytes.readBigUInt64BE(this.at - 8);
  }
}

/** A field as it travels. */
export function withLength(bytes: Buffer | string): Buffer {
  const content = Buffer.from(bytes);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}
