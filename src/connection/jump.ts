import { ChatsctlError, failure } from '../base/errors.js';
import type { SshTarget } from './connection.js';

/** `user@host:port`, `ssh://user@host:port`, `[::1]:22`, comma-separated: as ProxyJump of ssh_config(5). */
export function parseJumps(text: string, target: SshTarget): SshTarget[] {
  return text.split(',').map((hop) => {
    const found = /^(?:ssh:\/\/)?(?:([^@]+)@)?(\[[^\]]+\]|[^:]+)(?::(\d+))?\/?$/.exec(hop.trim());
    if (!found?.[2]) throw failure('connect/config', { host: target.host, reason: `ProxyJump "${hop}" is not [user@]host[:port]` });
    const host = found[2].replace(/^\[|\]$/g, '');
    const { identityfile: _named, identitiesonly: _only, ...options } = target.options;
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

/** Says at which hop the way ends: it could not be logged in to, or could not reach the next one. The cause stands behind. */
export function jumpFailure(target: SshTarget, hop: SshTarget, cause: ChatsctlError): ChatsctlError {
  if (cause.code === 'connect/jump') return cause;
  const outer = failure(
    'connect/jump',
    { host: target.host, hop: hop.host, reason: cause.message },
    { cause, hint: cause.diagnostics[0].hint },
  );
  return new ChatsctlError([outer.diagnostics[0], ...cause.diagnostics], { cause });
}
