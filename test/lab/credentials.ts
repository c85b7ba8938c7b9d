import { randomBytes } from 'node:crypto';
import { generateKey } from '../ssh-key.js';

/** An SSH key in OpenSSH's own format, and the public line without a comment. */
export interface SshKey {
  privateKey: string;
  publicKey: string;
}

export function createSshKey(): SshKey {
  const pair = generateKey();
  return { privateKey: pair.private, publicKey: pair.public.trim() };
}

/** A value that turns up nowhere by chance, so that a leak of it can be searched for literally. */
export function randomSecret(prefix: string, bytes = 12): string {
  return `${prefix}${randomBytes(bytes).toString('base64url').replace(/[-_]/g, 'x')}`;
}

/** A licence key as vendors print them: five groups of five. */
export function randomLicenceKey(): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  const group = (): string => [...randomBytes(5)].map((byte) => letters[byte % letters.length]).join('');
  return Array.from({ length: 5 }, group).join('-');
}
