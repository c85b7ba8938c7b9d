import type { AnyAuthMethod, AuthenticationType, AuthHandlerMiddleware, ParsedKey, SignCallback, SigningRequestOptions } from 'ssh2';
import ssh2 from 'ssh2';
import { failure } from '../base/errors.js';
import type { Secret } from '../base/secret.js';
import { fingerprint } from './host-key.js';
import { loadPrivateKey, type PrivateKey } from './private-key.js';
import type { SshSettings } from './ssh-settings.js';

export interface Credentials {
  readonly password: Secret | undefined;
  readonly passphrase: Secret | undefined;
  /** Asks the operator; undefined: they would rather not say. */
  readonly askPassword?: (() => Promise<Secret | undefined>) | undefined;
  readonly askPassphrase?: ((path: string) => Promise<Secret | undefined>) | undefined;
}

interface Attempt {
  /** For the error: which key, from where. */
  readonly label: string;
  readonly type: AuthenticationType;
  method(): Promise<AnyAuthMethod | undefined>;
}

/** The ways to log in, in ssh's order: the named key, the agent's keys, the usual files, then the password. */
export class Authentication {
  readonly tried: string[] = [];
  private attempts: Attempt[];

  private constructor(attempts: Attempt[], skipped: string[]) {
    this.attempts = attempts;
    this.tried.push(...skipped);
  }

  static async of(settings: SshSettings, credentials: Credentials): Promise<Authentication> {
    const skipped: string[] = [];
    const username = settings.user;
    const agent = settings.agent ? new ssh2.OpenSSHAgent(settings.agent) : undefined;
    const agentKeys = agent ? await identitiesOf(agent).catch((error: unknown) => void skipped.push(`agent (${reasonOf(error)})`)) : [];
    const files = await Promise.all(settings.identityFiles.map((path) => usable(path, settings, credentials)));

    const attempts: Attempt[] = [];
    const offered = new Set<string>();
    const offerAgentKey = (key: ParsedKey) => {
      if (!agent || !fresh(key, offered)) return;
      const label = `agent key ${key.comment || fingerprint(key.getPublicSSH())}`;
      attempts.push({ label, type: 'publickey', method: async () => ({ type: 'agent', username, agent: new OneKeyAgent(agent, key) }) });
    };
    for (const file of files) {
      const blob = file.kind === 'ready' ? file.key.getPublicSSH() : file.kind === 'locked' ? file.publicBlob : undefined;
      const inAgent = blob && agentKeys?.find((key) => key.getPublicSSH().equals(blob));
      if (inAgent) offerAgentKey(inAgent);
    }
    const offerFiles = () => {
      for (const file of files) {
        if (file.kind === 'ready' && fresh(file.key, offered)) {
          attempts.push({
            label: `key ${file.path}`,
            type: 'publickey',
            method: async () => ({ type: 'publickey', username, key: file.key }),
          });
        } else if (file.kind === 'locked' && !attempts.some((each) => each.label.startsWith('agent key'))) {
          skipped.push(`key ${file.path} (needs its passphrase)`);
        } else if (file.kind === 'unusable' && !file.missing) skipped.push(`key ${file.path} (${file.reason})`);
      }
    };
    if (settings.identityNamed) offerFiles();
    if (!settings.identitiesOnly) for (const key of agentKeys ?? []) offerAgentKey(key);
    if (!settings.identityNamed) offerFiles();
    attempts.push(...passwordAttempts(username, credentials));
    return new Authentication(attempts, skipped);
  }

  /** For ssh2: hands out one attempt after the other, passing over what the server does not offer. */
  handler(): AuthHandlerMiddleware {
    let queue = this.attempts;
    return (left, partial, next) => {
      // After a first factor was accepted the others are asked again, as ssh does.
      if (partial) queue = this.attempts.filter((each) => !left || left.includes(each.type));
      const step = async (): Promise<void> => {
        const attempt = queue.shift();
        // ssh2 takes false for "no more", which its types do not say.
        if (!attempt) return Reflect.apply(next, undefined, [false]);
        if (left && !left.includes(attempt.type)) {
          this.tried.push(`${attempt.label} (not offered by the server)`);
          return step();
        }
        const method = await attempt.method();
        if (!method) return step();
        this.tried.push(attempt.label);
        next(method);
      };
      if (queue === this.attempts) queue = [...queue];
      void step();
    };
  }
}

function passwordAttempts(username: string, credentials: Credentials): Attempt[] {
  if (!credentials.password && !credentials.askPassword) return [];
  let asked: Promise<Secret | undefined> | undefined;
  const password = () => {
    asked ??= credentials.password ? Promise.resolve(credentials.password) : (credentials.askPassword?.() ?? Promise.resolve(undefined));
    return asked;
  };
  return [
    {
      label: 'password',
      type: 'password',
      method: async () => {
        const secret = await password();
        return secret && { type: 'password', username, password: secret.reveal() };
      },
    },
    {
      label: 'keyboard-interactive with the password',
      type: 'keyboard-interactive',
      method: async () => {
        const secret = await password();
        if (!secret) return undefined;
        let answered = false;
        return {
          type: 'keyboard-interactive',
          username,
          prompt: (_name, _instructions, _lang, prompts, finish) => {
            // The same question again means that the answer was refused: an empty one ends the attempt.
            const answer = answered ? '' : secret.reveal();
            answered = prompts.length > 0;
            finish(prompts.map((each) => (each.echo ? '' : answer)));
          },
        };
      },
    },
  ];
}

async function usable(path: string, settings: SshSettings, credentials: Credentials): Promise<PrivateKey> {
  const passphrase = settings.identityNamed ? credentials.passphrase : undefined;
  const key = await loadPrivateKey(path, passphrase);
  if (!settings.identityNamed) return key;
  if (key.kind === 'unusable') throw failure('connect/key-file', { path, reason: key.reason });
  if (key.kind === 'ready') return key;
  const agentMayHaveIt = settings.agent !== undefined && key.publicBlob !== undefined;
  const asked = agentMayHaveIt ? undefined : await credentials.askPassphrase?.(path);
  if (asked) return loadPrivateKey(path, asked);
  if (!agentMayHaveIt) throw failure('connect/key-file', { path, reason: 'it is encrypted and needs its passphrase' });
  return key;
}

function fresh(key: ParsedKey, offered: Set<string>): boolean {
  const id = key.getPublicSSH().toString('base64');
  if (offered.has(id)) return false;
  offered.add(id);
  return true;
}

function identitiesOf(agent: InstanceType<typeof ssh2.OpenSSHAgent>): Promise<ParsedKey[]> {
  return new Promise((resolve, reject) => {
    agent.getIdentities((error, keys) => {
      if (error) return reject(error);
      resolve((keys ?? []).filter((key): key is ParsedKey => typeof key === 'object' && 'getPublicSSH' in key));
    });
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The agent, offering a single key: then the order of attempts is ours, and MaxAuthTries is not spent on others. */
class OneKeyAgent extends ssh2.BaseAgent<ParsedKey> {
  constructor(
    private readonly agent: InstanceType<typeof ssh2.OpenSSHAgent>,
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
