import { ModuleFailure } from '../../sdk/module.js';

export interface Checksum {
  readonly algorithm: 'md5' | 'sha1' | 'sha256' | 'sha512';
  /** Hexadecimal, small letters. */
  readonly digest: string;
}

const digits = { md5: 32, sha1: 40, sha256: 64, sha512: 128 };

/** `sha256:…` as get_url takes it. Empty: none is wanted. */
export function checksumOf(text: string | undefined): Checksum | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const [, name = '', digest = ''] = /^(\w+):([0-9A-Fa-f]+)$/.exec(text.trim()) ?? [];
  const algorithm = (['md5', 'sha1', 'sha256', 'sha512'] as const).find((each) => each === name);
  if (algorithm === undefined) throw new ModuleFailure(`"${text}" is no checksum: expected sha256: and hexadecimal digits`);
  if (digest.length !== digits[algorithm])
    throw new ModuleFailure(
      `"${text}" is no checksum: ${algorithm} has ${digits[algorithm]} hexadecimal digits, these are ${digest.length}`,
    );
  return { algorithm, digest: digest.toLowerCase() };
}
