import { createHash, createHmac, randomBytes } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ServerHostKeyAlgorithm } from 'ssh2';
import { type ChatsctlError, failure } from '../base/errors.js';
import { faultOf, parseHostCertificate } from './host-certificate.js';
import { authoritiesFor, judgeKey, type KnownHost, knownTypes, lookupName, readKnownHosts, typeOf } from './known-hosts.js';
import type { SshSettings } from './ssh-settings.js';

/** `SHA256:` and unpadded base64, as `ssh-keygen -l` prints it. */
export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** Judges the key that a host shows, as OpenSSH does, and keeps the verdict for the error that follows a refusal. */
export class HostKeyCheck {
  refusal: ChatsctlError | undefined;
  accepted: Buffer | undefined;
  /** The key that a certificate vouches for. */
  private certified: Buffer | undefined;
  /** Why the certificate that was shown counts for nothing. */
  private fault: string | undefined;

  private constructor(
    private readonly settings: SshSettings,
    private readonly known: readonly KnownHost[],
    private readonly nowMs: number,
  ) {}

  static async of(settings: SshSettings, nowMs: number): Promise<HostKeyCheck> {
    return new HostKeyCheck(settings, await readKnownHosts([...settings.userKnownHosts, ...settings.globalKnownHosts]), nowMs);
  }

  /** An authority is trusted for the host, and no key of its own is on record. */
  get wantsCertificate(): boolean {
    const { port } = this.settings;
    return authoritiesFor(this.known, this.name, port).length > 0 && knownTypes(this.known, this.name, port).length === 0;
  }

  /** What the server shows as its certificate; the key in it is accepted, when it is good, from who proves to hold it. */
  present(blob: Buffer): void {
    try {
      const certificate = parseHostCertificate(blob);
      if (!certificate) this.fault = 'it is of a kind that is not supported';
      else if (!authoritiesFor(this.known, this.name, this.settings.port).some((each) => each.key.equals(certificate.authority)))
        this.fault = `it is signed by another authority, ${fingerprint(certificate.authority)}`;
      else this.fault = faultOf(certificate, this.name, this.nowMs);
      if (certificate && this.fault === undefined) this.certified = certificate.key;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.fault = 'it cannot be read';
    }
  }

  /** Types on record first: a host that is known by its RSA key alone must be asked for that one. */
  algorithms(): ServerHostKeyAlgorithm[] {
    const types = this.certified ? [typeOf(this.certified)] : knownTypes(this.known, this.name, this.settings.port);
    const preferred = supported.filter((each) => types.includes(keyTypeOf(each)));
    return [...preferred, ...supported.filter((each) => !preferred.includes(each))];
  }

  async verify(key: Buffer): Promise<boolean> {
    const { port } = this.settings;
    const judged = judgeKey(this.known, this.name, port, key);
    const verdict = judged.kind === 'unknown' && this.certified?.equals(key) ? ({ kind: 'known' } as const) : judged;
    const shown = { host: lookupName(this.name, port), fingerprint: fingerprint(key) };
    const fault = this.fault ?? (this.wantsCertificate && !this.certified && !this.settings.acceptNew ? 'it shows none' : undefined);
    if (verdict.kind === 'unknown' && fault !== undefined)
      this.refusal = failure('connect/host-certificate', { host: shown.host, reason: fault });
    else if (verdict.kind === 'unknown' && this.settings.acceptNew) await this.record(key);
    else if (verdict.kind === 'revoked') this.refusal = failure('connect/host-key-revoked', { ...shown, place: verdict.place });
    else if (verdict.kind === 'changed') {
      const file = verdict.place.replace(/:\d+$/, '');
      this.refusal = failure(
        'connect/host-key-changed',
        { ...shown, type: typeOf(key), place: verdict.place },
        { hint: `ssh-keygen -f ${file} -R '${shown.host}'` },
      );
    } else if (verdict.kind === 'unknown') {
      const hint = `ssh-keyscan -p ${port} -t ${scanType(typeOf(key))} ${this.settings.hostName} >> ${this.settings.userKnownHosts[0] ?? '~/.ssh/known_hosts'}`;
      this.refusal = failure('connect/host-key-unknown', { ...shown, type: typeOf(key) }, { hint });
    }
    if (this.refusal) return false;
    this.accepted = key;
    return true;
  }

  private get name(): string {
    return this.settings.hostKeyAlias ?? this.settings.hostName;
  }

  private async record(key: Buffer): Promise<void> {
    const path = this.settings.userKnownHosts[0];
    if (!path) throw failure('connect/known-hosts', { path: '(none)', reason: 'UserKnownHostsFile names no file' });
    const name = lookupName(this.name, this.settings.port);
    const line = `${this.settings.hashKnownHosts ? hashed(name) : name} ${typeOf(key)} ${key.toString('base64')}\n`;
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const file = await open(path, 'a+', 0o600);
      try {
        const { size } = await file.stat();
        const last = size ? (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString() : '\n';
        // One write with O_APPEND: parallel runs do not tear each other's lines.
        await file.appendFile(last === '\n' ? line : `\n${line}`);
      } finally {
        await file.close();
      }
    } catch (error) {
      throw failure('connect/known-hosts', { path, reason: error instanceof Error ? error.message : String(error) }, { cause: error });
    }
  }
}

const supported: ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
  'ssh-rsa',
];

function keyTypeOf(algorithm: ServerHostKeyAlgorithm): string {
  return algorithm.startsWith('rsa-sha2') ? 'ssh-rsa' : algorithm;
}

/** The names that `ssh-keyscan -t` takes. */
function scanType(type: string): string {
  return type === 'ssh-rsa' ? 'rsa' : type.startsWith('ecdsa') ? 'ecdsa' : type.replace(/^ssh-/, '');
}

function hashed(name: string): string {
  const salt = randomBytes(20);
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
}
