import type { AnyAuthMethod, AuthenticationType } from 'ssh2';
import type { Secret } from '../base/secret.js';

export interface Credentials {
  readonly password: Secret | undefined;
  readonly passphrase: Secret | undefined;
  /** Asks the operator; undefined: they would rather not say. */
  readonly askPassword?: (() => Promise<Secret | undefined>) | undefined;
  readonly askPassphrase?: ((path: string) => Promise<Secret | undefined>) | undefined;
}

export interface Attempt {
  /** For the error: which key, from where. */
  readonly label: string;
  readonly type: AuthenticationType;
  /** Undefined: there is nothing to try after all. */
  method(): Promise<AnyAuthMethod | undefined>;
}
