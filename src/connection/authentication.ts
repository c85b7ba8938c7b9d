import type { AnyAuthMethod, AuthHandlerMiddleware, ParsedKey } from 'ssh2';
import ssh2 from 'ssh2';
import { identitiesOf, LockedKey, OneKeyAgent } from './agent.js';
import type { Attempt, Credentials } from './attempt.js';
import { fingerprint } from './host-key.js';
import { passwordAttempts } from './password.js';
import { identityFile, type PrivateKey, publicBlobOf, unlock } from './private-key.js';
import type { SshSettings } from './ssh-settings.js';

/** The ways to log in, in ssh's order: the named key, the agent's keys, the usual files, then the password. */
export class Authentication {
  private constructor(
    private readonly user: string,
    private readonly attempts: readonly Attempt[],
    /** What was tried, and what was not and why. */
    readonly tried: string[],
  ) {}

  /** Errors `connect/key-…`, of a key that was named, before anything is sent. */
  static async of(settings: SshSettings, credentials: Credentials): Promise<Authentication> {
    const tried: string[] = [];
    const username = settings.user;
    const agent = settings.agent ? new ssh2.OpenSSHAgent(settings.agent) : undefined;
    const agentKeys = (agent && (await identitiesOf(agent).catch((error: unknown) => void tried.push(`agent (${reasonOf(error)})`)))) || [];
    const inAgent = (blob: Buffer | undefined) => blob && agentKeys.find((key) => key.getPublicSSH().equals(blob));
    const files: PrivateKey[] = [];
    for (const path of settings.identityFiles) files.push(await identityFile(path, settings.identityNamed, credentials, inAgent));

    const attempts: Attempt[] = [];
    const offered = new Set<string>();
    const offer = (label: string, key: ParsedKey, method: AnyAuthMethod) => {
      const id = key.getPublicSSH().toString('base64');
      if (!offered.has(id)) attempts.push({ label, type: 'publickey', method: async () => method });
      offered.add(id);
    };
    const offerAgentKey = (key: ParsedKey) => {
      const label = `agent key ${key.comment || fingerprint(key.getPublicSSH())}`;
      if (agent) offer(label, key, { type: 'agent', username, agent: new OneKeyAgent(agent, key) });
    };
    const offerFile = (file: PrivateKey) => {
      const label = `key ${file.path}`;
      if (file.kind === 'ready') return offer(label, file.key, { type: 'publickey', username, key: file.key });
      if (file.kind === 'unusable') return void (file.missing || tried.push(`${label} (${file.reason})`));
      if (inAgent(file.publicKey?.getPublicSSH())) return;
      if (!file.publicKey || !credentials.askPassphrase) return void tried.push(`${label} (needs its passphrase)`);
      offer(label, file.publicKey, { type: 'agent', username, agent: new LockedKey(file.publicKey, () => unlock(file.path, credentials)) });
    };
    for (const file of files) {
      const key = inAgent(publicBlobOf(file));
      if (key) offerAgentKey(key);
    }
    if (settings.identityNamed) files.forEach(offerFile);
    if (!settings.identitiesOnly) agentKeys.forEach(offerAgentKey);
    if (!settings.identityNamed) files.forEach(offerFile);
    attempts.push(...passwordAttempts(username, credentials));
    return new Authentication(username, attempts, tried);
  }

  /** For ssh2: hands out one attempt after the other, passing over what the server does not offer. `fail`: asking the operator failed. */
  handler(fail: (error: unknown) => void): AuthHandlerMiddleware {
    let queue: Attempt[] | undefined;
    // The same password once: a second refusal would count towards locking the account.
    let passwordSent = false;
    return (left, partial, next) => {
      // As ssh does: first the question what the server offers, which costs none of its MaxAuthTries.
      if (!queue) {
        queue = [...this.attempts];
        return next({ type: 'none', username: this.user });
      }
      // After a first factor was accepted the others are asked again.
      if (partial) {
        queue = this.attempts.filter((each) => !left || left.includes(each.type));
        passwordSent = false;
      }
      const step = async (): Promise<void> => {
        const attempt = queue?.shift();
        // ssh2 takes false for "no more", which its types do not say.
        if (!attempt) return Reflect.apply(next, undefined, [false]);
        if (left && !left.includes(attempt.type)) {
          this.tried.push(`${attempt.label} (not offered by the server)`);
          return step();
        }
        if (attempt.type !== 'publickey' && passwordSent) return step();
        const method = await attempt.method();
        if (!method) return step();
        passwordSent ||= attempt.type !== 'publickey';
        this.tried.push(attempt.label);
        next(method);
      };
      step().catch(fail);
    };
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
