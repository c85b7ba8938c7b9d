import { ChatsctlError, failure } from '../base/errors.js';
import type { SshTarget } from './connection.js';

/** `user@host:port`, `ssh://user@host:port`, `[::1]:22`, comma-separated: as ProxyJump of ssh_config(5). */
export function parseJumps(text: string, target: SshTarget): SshTarget[] {
  return text.split(',').map((hop) => {
    const found = /^(?:ssh:\/\/)?(?:([^@]+)@)?(\[[^\]]+\]|[^:]+)(?::(\d+))?\/?$/.exec(hop.trim());
    if (!found?.[2]) throw failure('connect/config', { host: target.host, reason: `ProxyJump "${hop}" is not [user@]host[:port]` });
    const host = found[2].replace(/^\[|\]$/g, '');
    const { identityfile: _named, ...options } = target.options;
    // A jump host is logged in to with ssh's own configuration, as ssh -J does: not with the target's user, key or password.
    return {
      name: host,
      host,
      port: found[3] ? Number(found[3]) : undefined,
      user: found[1],
      password: undefined,
      privateKeyFile: undefined,
      privateKeyPassphrase: undefined,
      proxyJump: 'none',
      options: Object.fromEntries(Object.entries(options).filter(([name]) => name !== 'proxyjump')),
      hostKeyChecking: target.hostKeyChecking,
      connectTimeoutMs: target.connectTimeoutMs,
    };
  });
}

/** Says which hop failed, with that hop's own error behind it. */
export function jumpFailure(target: SshTarget, hop: string, error: unknown): unknown {
  if (!(error instanceof ChatsctlError)) return error;
  const outer = failure('connect/jump', { host: target.host, hop, reason: error.message }, { cause: error });
  return new ChatsctlError([outer.diagnostics[0], ...error.diagnostics], { cause: error });
}
