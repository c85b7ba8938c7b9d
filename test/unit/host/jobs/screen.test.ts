import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Screen } from '../../../../src/host/jobs/screen.js';
import { Transcript } from '../../../../src/host/jobs/transcript.js';

async function shown(...pieces: (string | Uint8Array)[]): Promise<string> {
  const screen = new Screen();
  for (const piece of pieces) await screen.write(typeof piece === 'string' ? Buffer.from(piece) : piece);
  return screen.text();
}

describe('a screen shows what a terminal would', () => {
  it('a prompt without line feed, without colour, and the empty line below a report', async () => {
    expect(await shown('\u001b[1;32mClient \u001b[0mID: ')).toBe('Client ID: ');
    expect(await shown('done\r\n')).toBe('done\n');
    expect(await shown('')).toBe('');
  });

  it('the last state of a progress bar', async () => {
    expect(await shown('Loading 1%\rLoading 50%\rLoading 100%\r\nKey: ')).toBe('Loading 100%\nKey: ');
    expect(await shown('abcdef\r\u001b[Kx\b\u001b[2Ky')).toBe('y');
  });

  it('a long line as one, and characters split over writes', async () => {
    const line = 'я'.repeat(1_000);
    expect(await shown(`${line}\r\nend`)).toBe(`${line}\nend`);
    const bytes = Buffer.from('Ключ лицензии: ');
    expect(await shown(...[...bytes].map((byte) => Uint8Array.of(byte)))).toBe('Ключ лицензии: ');
  });

  it('lines that scrolled away, all of them, however they came', async () => {
    const lines = Array.from({ length: 12_000 }, (_, at) => `line ${at}`);
    expect(await shown(lines.join('\r\n'))).toBe(lines.join('\n'));
    const wide = Array.from({ length: 120 }, (_, at) => `${at}`.repeat(300));
    expect(await shown(...wide.map((line) => `${line}\r\n`))).toBe(`${wide.join('\n')}\n`);
  });

  it('the same text whatever the pieces', async () => {
    const piece = fc.constantFrom('word ', 'слово', '\r\n', '\r', '\u001b[31m', '\u001b[0m', 'x'.repeat(450), '\r\n\r\n', '日本');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 120 }), fc.integer({ min: 1, max: 50 }), async (pieces, size) => {
        const bytes = Buffer.from(pieces.join(''));
        const slices = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
        expect(await shown(...slices)).toBe(await shown(bytes));
      }),
      { numRuns: 30 },
    );
  });

  it('no more than the end of what never ends: lines, empty ones, a line without end', async () => {
    for (const piece of ['some words\r\n', '\r\n', 'x']) {
      const screen = new Screen(200_000);
      for (let count = 0; count < 10; count++) await screen.write(Buffer.from(piece.repeat(Math.ceil(100_000 / piece.length))));
      const text = screen.text();
      expect(text.length).toBeLessThan(250_000);
      expect(text.endsWith(piece.replace('\r', ''))).toBe(true);
    }
  });

  it('2 MB of progress bars in a second', async () => {
    const bar = Array.from({ length: 40_000 }, (_, at) => `\r\u001b[32m${'#'.repeat(at % 40)}\u001b[0m ${at % 100}%`).join('');
    const before = performance.now();
    await shown(bar);
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});

describe('a transcript', () => {
  const feed = async (transcript: Transcript, text: string, size = text.length) => {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size) await transcript.write(bytes.subarray(at, at + size));
  };
  const header = 'Script started on 2025-01-01 00:00:00+00:00 [COMMAND="x" <not executed on terminal>]\n';
  const footer = '\nScript done on 2025-01-01 00:00:01+00:00 [COMMAND_EXIT_CODE="0"]\n';

  it.each([1, 7, 1_000])('leaves out what script(1) writes itself (pieces of %i)', async (size) => {
    const transcript = new Transcript();
    await feed(transcript, `${header}hello\r\n${footer}`, size);
    expect(transcript.whole.trimEnd()).toBe('hello');
    expect(transcript.offset).toBe(Buffer.byteLength(`${header}hello\r\n${footer}`));
  });

  it('of a program that begins with the same words is whole', async () => {
    const transcript = new Transcript();
    await feed(transcript, 'Script runs\r\n', 3);
    expect(transcript.whole).toBe('Script runs\n');
  });

  it('is cut where prompts were answered, live or after the fact', async () => {
    const live = new Transcript();
    await feed(live, 'Domain: ');
    live.cut();
    await feed(live, 'x\r\nKey: ');
    expect(live.recent).toBe('x\nKey: ');
    const later = new Transcript([8]);
    await feed(later, 'Domain: x\r\nKey: ', 5);
    expect(later.recent).toBe(live.recent);
    expect(later.whole).toBe(live.whole);
    const exact = new Transcript([8]);
    await feed(exact, 'Domain: ');
    expect(exact.recent).toBe('');
  });
});
