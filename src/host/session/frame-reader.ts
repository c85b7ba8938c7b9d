/** Cuts a stream of bytes into frames: the nonce, a 32-bit length, the payload. Chunks may be split anywhere. */
export class FrameReader {
  private chunks: Buffer[] = [];
  private size = 0;
  private readonly head: Buffer;

  constructor(
    nonce: string,
    private readonly onFrame: (payload: Buffer) => void,
  ) {
    this.head = Buffer.from(nonce);
  }

  /** Throws when what comes is no frame: something else wrote to the session's standard output. */
  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
    for (let frame = this.next(); frame; frame = this.next()) this.onFrame(frame);
  }

  private next(): Buffer | undefined {
    const start = this.head.length + 4;
    if (this.size < start) return undefined;
    const first = this.chunks[0];
    if (!first || first.length < start) this.join();
    const bytes = this.chunks[0] ?? Buffer.alloc(0);
    if (!bytes.subarray(0, this.head.length).equals(this.head)) throw new RangeError('not a frame');
    const end = start + bytes.readUInt32BE(this.head.length);
    // Joining only when all is there keeps a large answer linear.
    if (this.size < end) return undefined;
    if (bytes.length < end) this.join();
    const whole = this.chunks[0] ?? bytes;
    const rest = whole.subarray(end);
    this.chunks = rest.length ? [rest, ...this.chunks.slice(1)] : this.chunks.slice(1);
    this.size -= end;
    return whole.subarray(start, end);
  }

  private join(): void {
    this.chunks = [Buffer.concat(this.chunks)];
  }
}
