/** A file's text as far as PEM is concerned: ASCII in one byte each, or in the two of UTF-16, as Windows' editors save it. */
export function textOf(content: Buffer): string {
  const mark = content.subarray(0, 2).toString('hex');
  if (mark === 'fffe') return content.toString('utf16le');
  if (mark === 'feff')
    return Buffer.from(content.subarray(0, content.length & ~1))
      .swap16()
      .toString('utf16le');
  return content.toString('latin1');
}
