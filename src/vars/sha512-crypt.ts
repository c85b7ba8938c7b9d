import { createHash } from 'node:crypto';

const LETTERS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const DEFAULT_ROUNDS = 5000;

/**
 * SHA-512 crypt (`$6$`), as in Ulrich Drepper's "Unix crypt using SHA-256 and SHA-512", 0.4: what /etc/shadow holds. Salts are cut to 16
 * characters, rounds held between 1000 and 999,999,999.
 */
export function sha512Crypt(password: string, salt: string, rounds?: number): string {
  const key = Buffer.from(password);
  const seasoning = Buffer.from(salt).subarray(0, 16);
  const count = Math.min(Math.max(Math.trunc(rounds ?? DEFAULT_ROUNDS), 1000), 999_999_999);

  const alternate = sha512(key, seasoning, key);
  const mixed = [key, seasoning, repeat(alternate, key.length)];
  for (let left = key.length; left > 0; left >>= 1) mixed.push(left & 1 ? alternate : key);
  let digest = sha512(...mixed);

  const p = repeat(sha512(...Array.from({ length: key.length }, () => key)), key.length);
  const s = repeat(sha512(...Array.from({ length: 16 + (digest[0] ?? 0) }, () => seasoning)), seasoning.length);
  for (let round = 0; round < count; round++) {
    const parts = [round % 2 ? p : digest];
    if (round % 3) parts.push(s);
    if (round % 7) parts.push(p);
    parts.push(round % 2 ? digest : p);
    digest = sha512(...parts);
  }
  const named = rounds === undefined ? '' : `rounds=${count}$`;
  return `$6$${named}${seasoning.toString()}$${encode(digest)}`;
}

function sha512(...parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha512');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function repeat(block: Buffer, length: number): Buffer {
  return Buffer.alloc(length, length > 0 ? block : undefined);
}

/** crypt's own order of bytes: the three thirds turn by turn. */
function encode(digest: Buffer): string {
  let text = '';
  for (let group = 0, [a, b, c] = [0, 21, 42]; group < 21; group++, [a, b, c] = [b + 1, c + 1, a + 1]) {
    text += letters(((digest[a] ?? 0) << 16) | ((digest[b] ?? 0) << 8) | (digest[c] ?? 0), 4);
  }
  return text + letters(digest[63] ?? 0, 2);
}

function letters(bits: number, count: number): string {
  return Array.from({ length: count }, (_, index) => LETTERS[(bits >> (6 * index)) & 63]).join('');
}
