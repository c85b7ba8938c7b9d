import type { Pattern } from './automaton.js';

/** Shorter ones would hide half of every line. */
export const SHORTEST = 4;
/** A form that is only a part of an encoding, or of a file, must be long enough not to occur by chance. */
const SHORTEST_PART = 6;

/**
 * What to look for: the secret as it is, line by line, without its white space, and encoded as a whole (base64, hexadecimal). Escapes and
 * quotes, which change single characters, are undone in the text instead (readings.ts).
 */
export function patternsOf(secret: string): readonly Pattern[] {
  const found = new Map<string, Pattern>();
  for (const text of [secret, secret.trim(), ...lines(secret)]) {
    if (text.length < SHORTEST) continue;
    for (const form of [text, ...encoded(text)]) if (form.length >= SHORTEST) found.set(form, { text: form });
    // Of a form, where a space is a plus.
    const plus = text.replaceAll(' ', '+');
    if (plus !== text) found.set(plus, { text: plus });
    const squeezed = squeeze(text);
    if (squeezed.text.length >= SHORTEST && squeezed.gaps) found.set(squeezed.text, squeezed);
  }
  return [...found.values()];
}

/** A file's lines (a private key) appear one by one, indented or with another line ending. What frames a key is no secret. */
function lines(secret: string): string[] {
  if (!/[\r\n]/.test(secret)) return [];
  return secret
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line.length >= SHORTEST_PART && !/^-----(BEGIN|END) [A-Z0-9 ]+-----$/.test(line));
}

/** Without white space, which is broken and indented in other ways; where it stood is remembered. */
function squeeze(text: string): Pattern {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const gaps = new Set<number>();
  let at = 0;
  for (const word of words.slice(0, -1)) {
    at += word.length;
    gaps.add(at);
  }
  return { text: words.join(''), ...(gaps.size > 0 && { gaps }) };
}

function encoded(text: string): string[] {
  const bytes = Buffer.from(text);
  const octets = bytes.toString('hex').match(/../g) ?? [];
  const hexes = ['', ':', ' '].map((between) => octets.join(between));
  const base64 = [...base64Forms(bytes)];
  return [
    ...hexes,
    ...hexes.map((hex) => hex.toUpperCase()),
    ...base64,
    ...base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}

/** Whole, and what of it stays the same inside a longer text, wherever in a group of three bytes it begins (`user:secret`). */
function* base64Forms(bytes: Buffer): Iterable<string> {
  const whole = bytes.toString('base64');
  yield whole;
  yield whole.replace(/=+$/, '');
  for (const before of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + bytes.length) * 8) / 6);
    const stable = padded.slice(first, last);
    if (stable.length >= SHORTEST_PART) yield stable;
  }
}
