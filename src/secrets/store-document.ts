import { randomBytes } from 'node:crypto';
import { failure } from '../base/errors.js';

/** What is inside the encrypted file, as JSON. */
export interface StoreDocument {
  readonly version: 1;
  /** Base64: keys the fingerprints, so that they tell nothing outside this customer. */
  readonly fingerprint_key: string;
  readonly customer?: string;
  /** Who can open it, to encrypt it for them again. Empty with a passphrase. */
  readonly recipients: readonly string[];
  readonly values: Readonly<Record<string, StoredValue>>;
}

export interface StoredValue {
  readonly value: string;
  /** ISO 8601. */
  readonly at: string;
  /** Who or what set it: an operator, a run. */
  readonly by?: string;
  /** Who or what it came from: another team, the vendor, a host's dialogue. */
  readonly from?: string;
}

const VERSION = 1;

export function emptyDocument(recipients: readonly string[], customer?: string): StoreDocument {
  const fingerprint_key = randomBytes(32).toString('base64');
  return { version: VERSION, fingerprint_key, ...(customer !== undefined && { customer }), recipients, values: {} };
}

export function writeDocument(document: StoreDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Errors: `secrets/damaged`, `secrets/version`. They never show what was read. */
export function readDocument(text: string, path: string): StoreDocument {
  const parsed = parseJson(text, path);
  if (!isRecord(parsed)) throw damaged(path);
  if (parsed['version'] !== VERSION) throw failure('secrets/version', { path, found: String(parsed['version']), expected: VERSION });
  const { fingerprint_key, customer, recipients, values } = parsed;
  if (typeof fingerprint_key !== 'string' || !isRecord(values) || !isStrings(recipients)) throw damaged(path);
  if (customer !== undefined && typeof customer !== 'string') throw damaged(path);
  const read = Object.entries(values).map(([name, value]) => [name, storedValue(value, path)] as const);
  return { version: VERSION, fingerprint_key, ...(customer !== undefined && { customer }), recipients, values: Object.fromEntries(read) };
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged(path);
  }
}

function storedValue(value: unknown, path: string): StoredValue {
  if (!isRecord(value) || typeof value['value'] !== 'string' || typeof value['at'] !== 'string') throw damaged(path);
  const { by, from } = value;
  return { value: value['value'], at: value['at'], ...(typeof by === 'string' && { by }), ...(typeof from === 'string' && { from }) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function damaged(path: string) {
  return failure('secrets/damaged', { path, reason: 'what it holds is no store' });
}
