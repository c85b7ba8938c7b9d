import { MASK, type Masking } from '../../base/secret.js';
import { capturesIn } from './captures.js';
import type { Capture } from './dialogue.js';

const LINES = 15;
const CHARACTERS = 4_000;

/**
 * Text of a dialogue that may be shown. Captures that are secret, or go into the store, are made known as soon as they appear; where one is
 * still to come, words that look like a secret (long, of letters and digits) are hidden too: its pattern may be the very thing that is wrong.
 */
export class TailMask {
  private readonly secrets: readonly Capture[];

  constructor(
    private readonly masking: Masking,
    captures: readonly Capture[],
  ) {
    this.secrets = captures.filter((capture) => capture.secret || capture.store !== undefined);
  }

  /** The whole text, masked. */
  mask(text: string): string {
    for (const capture of this.secrets) for (const value of capturesIn(text, capture)) this.masking.add(value);
    const known = this.masking.mask(text);
    return this.secrets.length === 0 ? known : known.replace(/[A-Za-z0-9+/_=.-]{12,}/g, (word) => (looksSecret(word) ? MASK : word));
  }

  /** The last lines that are not empty. */
  tail(text: string): string {
    return this.mask(text.slice(-4 * CHARACTERS))
      .slice(-CHARACTERS)
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(-LINES)
      .join('\n');
  }

  lastLine(text: string): string {
    return this.tail(text).split('\n').at(-1) ?? '';
  }
}

/** A long part with letters and digits mixed, or parts as a UUID or a licence key has them. */
function looksSecret(word: string): boolean {
  if (!isMixed(word) || isPath(word)) return false;
  const parts = word.split(/[^A-Za-z0-9]+/).filter((part) => part !== '');
  return parts.some((part) => part.length >= 8 && isMixed(part)) || (parts.length >= 3 && parts.every((part) => part.length >= 4));
}

function isMixed(text: string): boolean {
  return /[0-9]/.test(text) && /[A-Za-z]/.test(text);
}

function isPath(word: string): boolean {
  return /^\.{0,2}(\/[\w.-]*)+$/.test(word) && (word.includes('.') || word.lastIndexOf('/') > 0);
}
