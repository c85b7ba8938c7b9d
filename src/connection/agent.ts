import type { ParsedKey, SignCallback, SigningRequestOptions } from 'ssh2';
import ssh2 from 'ssh2';

export type Agent = InstanceType<typeof ssh2.OpenSSHAgent>;

export function identitiesOf(agent: Agent): Promise<ParsedKey[]> {
  return new Promise((resolve, reject) => {
    agent.getIdentities((error, keys) => {
      if (error) return reject(error);
      resolve((keys ?? []).filter((key): key is ParsedKey => typeof key === 'object' && 'getPublicSSH' in key));
    });
  });
}

/** The agent, offering a single key: then the order of attempts is ours, and MaxAuthTries is not spent on others. */
export class OneKeyAgent extends ssh2.BaseAgent<ParsedKey> {
  constructor(
    private readonly agent: Agent,
    private readonly key: ParsedKey,
  ) {
    super();
  }

  getIdentities(callback: (error?: Error | null, keys?: ParsedKey[]) => void): void {
    callback(null, [this.key]);
  }

  sign(key: ParsedKey, data: Buffer, options: SigningRequestOptions | SignCallback, callback?: SignCallback): void {
    if (typeof options === 'function') this.agent.sign(key, data, options);
    else this.agent.sign(key, data, options, callback);
  }
}

/** An encrypted key: it is unlocked when the server says that it would take it, so that nobody is asked in vain. */
export class LockedKey extends ssh2.BaseAgent<ParsedKey> {
  constructor(
    private readonly publicKey: ParsedKey,
    private readonly unlock: () => Promise<ParsedKey>,
  ) {
    super();
  }

  getIdentities(callback: (error?: Error | null, keys?: ParsedKey[]) => void): void {
    callback(null, [this.publicKey]);
  }

  sign(_key: ParsedKey, data: Buffer, options: SigningRequestOptions | SignCallback, callback?: SignCallback): void {
    const [hash, done] = typeof options === 'function' ? [undefined, options] : [options.hash, callback];
    const signing = this.unlock().then((key) => key.sign(data, hash));
    signing.then(
      (signature) => (signature instanceof Error ? done?.(signature) : done?.(null, signature)),
      (error: unknown) => done?.(error instanceof Error ? error : new Error(String(error))),
    );
  }
}
