import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DAY = 86_400_000;

/** PEM. */
export interface Issued {
  readonly certificate: string;
  readonly key: string;
}

export interface IssueOptions {
  /** Undefined: signed by itself. */
  readonly issuer?: Issued | undefined;
  /** Lines of an extension section. */
  readonly extensions?: readonly string[];
  /** Days from now. */
  readonly from?: number;
  readonly to?: number;
  readonly key?: 'ec' | 'rsa';
  /** A key that is there already. */
  readonly keyFile?: string;
}

/** Certificates made by a program that shares nothing with what judges them. Everything lies in one folder, which `remove` takes away. */
export class Openssl {
  readonly folder = mkdtempSync(join(tmpdir(), 'openssl-'));
  private count = 0;

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  run(...args: readonly string[]): Buffer {
    return execFileSync('openssl', args, { cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** A command line as an operator pastes it. */
  shell(command: string): string {
    return execFileSync('sh', ['-c', command], { cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  }

  write(name: string, content: string | Buffer): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  key(kind: 'ec' | 'rsa' = 'ec'): string {
    const how =
      kind === 'ec'
        ? ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']
        : ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'];
    return this.run('genpkey', ...how).toString();
  }

  /** `subject` is as openssl writes it: `/CN=…`. */
  issue(subject: string, { issuer, extensions = [], from = -1, to = 365, key: kind, keyFile: given }: IssueOptions): Issued {
    const name = `c${++this.count}`;
    const key = given === undefined ? this.key(kind) : readFileSync(given, 'utf8');
    const keyFile = this.write(`${name}.key`, key);
    const by = issuer && { cert: this.write(`${name}.by.crt`, issuer.certificate), key: this.write(`${name}.by.key`, issuer.key) };
    mkdirSync(join(this.folder, `${name}.new`));
    this.write(`${name}.db`, '');
    this.write(
      `${name}.cnf`,
      `[req]\ndistinguished_name=dn\nutf8=yes\nstring_mask=utf8only\n[dn]\n[ca]\ndefault_ca=d\n[d]\ndatabase=${name}.db\nnew_certs_dir=${name}.new\n` +
        `default_md=sha256\npolicy=p\nunique_subject=no\nrand_serial=yes\n[p]\ncommonName=optional\norganizationName=optional\n[e]\n${extensions.join('\n')}\n`,
    );
    this.run('req', '-new', '-config', `${name}.cnf`, '-key', keyFile, '-subj', subject, '-utf8', '-out', `${name}.csr`);
    const dates = ['-startdate', stamp(from), '-enddate', stamp(to)];
    const signed = by ? ['-cert', by.cert, '-keyfile', by.key] : ['-selfsign', '-keyfile', keyFile];
    const what = ['-config', `${name}.cnf`, '-in', `${name}.csr`, '-out', `${name}.crt`, '-extensions', 'e'];
    this.run('ca', '-batch', '-notext', '-preserveDN', '-utf8', ...what, ...dates, ...signed);
    return { certificate: readFileSync(join(this.folder, `${name}.crt`), 'utf8'), key };
  }
}

/** `YYYYMMDDHHMMSSZ`. */
function stamp(days: number): string {
  return `${new Date(Date.now() + days * DAY).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
}
