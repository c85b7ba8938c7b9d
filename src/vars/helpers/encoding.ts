import { createHash, getHashes, randomBytes } from 'node:crypto';
import { jsonDumps } from '../../base/json-dumps.js';
import type { Value } from '../../base/value.js';
import { sha512Crypt } from '../sha512-crypt.js';
import { toYaml } from '../to-yaml.js';
import { type EagerHelper, HelperError, text } from './helper.js';

const SALT_LETTERS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export const encoding: readonly EagerHelper[] = [
  {
    name: 'b64encode',
    signature: 'b64encode text',
    summary: 'The text (UTF-8) in Base64.',
    example: { template: '{{ b64encode "chats" }}', result: 'Y2hhdHM=' },
    arity: [1, 1],
    run: ([value]) => Buffer.from(text(value)).toString('base64'),
  },
  {
    name: 'b64decode',
    signature: 'b64decode text',
    summary: 'The text (UTF-8) that a Base64 string holds.',
    example: { template: '{{ b64decode "Y2hhdHM=" }}', result: 'chats' },
    arity: [1, 1],
    run: ([value]) => decodeBase64(text(value)),
  },
  {
    name: 'to_json',
    signature: 'to_json value [indent=2]',
    summary: 'The value as JSON.',
    example: { template: '{{ to_json ports }}', variables: { ports: { web: 443 } }, result: '{"web": 443}' },
    arity: [1, 1],
    run: ([value = null], { hash }) => jsonDumps(value, typeof hash['indent'] === 'number' ? hash['indent'] : undefined),
  },
  {
    name: 'to_yaml',
    signature: 'to_yaml value',
    summary: 'The value as YAML, in block style.',
    example: { template: '{{ to_yaml ports }}', variables: { ports: { web: [80, 443] } }, result: 'web:\n  - 80\n  - 443\n' },
    arity: [1, 1],
    run: ([value = null]) => toYaml(value),
  },
  {
    name: 'hash',
    signature: 'hash text [algorithm]',
    summary: 'The digest of the text in hexadecimal; sha256 unless told.',
    example: { template: '{{ hash "chats" "sha1" }}', result: 'beb09c5b8c52546783a813d30a78881cefefe6e7' },
    arity: [1, 2],
    run: ([value, algorithm]) => digest(text(value), algorithm === undefined ? 'sha256' : text(algorithm)),
  },
  {
    name: 'password_hash',
    signature: 'password_hash password [salt]',
    summary: 'A password for /etc/shadow (SHA-512 crypt). Give a salt, or each run makes another hash and a change of it.',
    example: {
      template: '{{ password_hash "Hello world!" "saltstring" }}',
      result: '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1',
    },
    arity: [1, 2],
    run: ([password, salt], { hash }) => {
      const rounds = hash['rounds'];
      const given = salt === undefined ? randomSalt() : text(salt, 'the salt');
      if (/[$:\n]/.test(given)) throw new HelperError('a salt has no "$" and no ":"');
      return sha512Crypt(text(password, 'the password'), given, typeof rounds === 'number' ? rounds : undefined);
    },
  },
  {
    name: 'fingerprint',
    signature: 'fingerprint secret',
    summary: 'Eight digits that tell whether two secrets are equal without showing them (keyed by the customer’s store).',
    example: { template: '{{ fingerprint "the secret" }}', result: 'f1f2f3f4' },
    arity: [1, 1],
    run: ([value], { variables }) => {
      const { fingerprint } = variables.context;
      if (!fingerprint) throw new HelperError('no secrets store is open, whose key it needs');
      return fingerprint(text(value));
    },
  },
];

function decodeBase64(encoded: string): Value {
  const compact = encoded.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(compact)) throw new HelperError('it is not Base64');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(compact, 'base64'));
  } catch {
    throw new HelperError('what it holds is not UTF-8 text');
  }
}

function digest(subject: string, algorithm: string): string {
  if (!getHashes().includes(algorithm)) throw new HelperError(`there is no digest "${algorithm}"`);
  return createHash(algorithm).update(subject).digest('hex');
}

function randomSalt(): string {
  return [...randomBytes(16)].map((byte) => SALT_LETTERS[byte % 64]).join('');
}
