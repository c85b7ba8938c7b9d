import type { Duplex } from 'node:stream';

/** The bytes' way to an SSH server. */
export interface Wire {
  readonly stream: Duplex;
  /** Of a ProxyCommand that has ended: why. Nobody else knows what it said. */
  complaint?(): Promise<string | undefined>;
}
