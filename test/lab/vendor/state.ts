import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { DEFAULT_VARIANT, type Question, type Variant } from './variant.js';

export type Program = 'cfglink' | 'install' | 'token';

/** What the vendor gave the customer beforehand. */
export interface Licence {
  fileName: string;
  sha256: string;
  key: string;
}

/** What the tests see of the vendor's records: counts and names, never a value. */
export interface VendorState {
  starts: Record<Program, number>;
  successes: Record<Program, number>;
  /** In the order in which they came. */
  answers: { program: Program; question: Question | 'unknown'; accepted: boolean }[];
  downloads: number;
}

/** The values that were issued, for searching outputs for leaks. */
export interface IssuedValues {
  clientIds: string[];
  clientSecrets: string[];
  tokens: string[];
}

interface Link {
  domain: string;
  clientId: string;
  clientSecret: string;
}

const random = (bytes: number): string => randomBytes(bytes).toString('base64url').replace(/[-_]/g, 'x');

export class VendorRecords {
  variant: Variant;
  private state: VendorState = emptyState();
  private links: Link[] = [];
  private tokens: { domain: string; token: string }[] = [];

  constructor(
    private readonly licence: Licence,
    private readonly initial: Partial<Variant>,
  ) {
    this.variant = { ...DEFAULT_VARIANT, ...initial };
  }

  get view(): VendorState {
    return this.state;
  }

  get issued(): IssuedValues {
    return {
      clientIds: this.links.map((link) => link.clientId),
      clientSecrets: this.links.map((link) => link.clientSecret),
      tokens: this.tokens.map(({ token }) => token),
    };
  }

  reset(): void {
    this.state = emptyState();
    this.links = [];
    this.tokens = [];
    this.variant = { ...DEFAULT_VARIANT, ...this.initial };
  }

  has(fault: Variant['faults'][number]): boolean {
    return this.variant.faults.includes(fault);
  }

  started(program: Program): void {
    this.state.starts[program]++;
  }

  succeeded(program: Program): void {
    this.state.successes[program]++;
  }

  downloaded(): number {
    return ++this.state.downloads;
  }

  answered(program: Program, question: Question | 'unknown', accepted: boolean): void {
    this.state.answers.push({ program, question, accepted });
  }

  link(domain: string): Link {
    const link = { domain, clientId: randomUUID(), clientSecret: random(24) };
    this.links.push(link);
    return link;
  }

  get latestDomain(): string {
    return this.links.at(-1)?.domain ?? '';
  }

  knowsLicenceFile(fileName: string, sha256: string): boolean {
    return fileName === this.licence.fileName && sha256 === this.licence.sha256;
  }

  isLicenceKey(key: string): boolean {
    return key === this.licence.key && !this.has('endless-prompt');
  }

  isClientId(domain: string, clientId: string): boolean {
    return this.links.some((link) => link.domain === domain && link.clientId === clientId);
  }

  isClientSecret(domain: string, clientId: string, secret: string): boolean {
    return this.links.some((link) => link.domain === domain && link.clientId === clientId && link.clientSecret === secret);
  }

  issueToken(domain: string): string {
    const token = `${random(16)}.${random(20)}`;
    this.tokens.push({ domain, token });
    return token;
  }

  isToken(domain: string, token: string): boolean {
    return this.tokens.some((issued) => issued.domain === domain && issued.token === token);
  }
}

export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function emptyState(): VendorState {
  return { starts: { cfglink: 0, install: 0, token: 0 }, successes: { cfglink: 0, install: 0, token: 0 }, answers: [], downloads: 0 };
}
