import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { failure } from '../base/errors.js';
import type { SshTarget } from './connection.js';
import { expandProxyCommand } from './proxy-command.js';

/** What OpenSSH's own configuration says for a host, in the fields that are used here. */
export interface SshSettings {
  readonly hostName: string;
  readonly port: number;
  readonly user: string;
  /** In the order in which ssh would try them. */
  readonly identityFiles: readonly string[];
  /** The files were named by the user (inventory), not OpenSSH's defaults: a missing one is an error. */
  readonly identityNamed: boolean;
  readonly identitiesOnly: boolean;
  /** Socket of the agent; undefined: none. */
  readonly agent: string | undefined;
  readonly userKnownHosts: readonly string[];
  readonly globalKnownHosts: readonly string[];
  readonly hashKnownHosts: boolean;
  /** The name under which the host's key is known. */
  readonly hostKeyAlias: string | undefined;
  readonly acceptNew: boolean;
  /** As OpenSSH writes it, comma-separated; undefined: direct. */
  readonly proxyJump: string | undefined;
  /** A shell command, filled in, whose standard input and output are the way to the host; undefined where `proxyJump` says it. */
  readonly proxyCommand: string | undefined;
  readonly connectTimeoutMs: number;
  readonly keepaliveIntervalMs: number;
  readonly keepaliveCountMax: number;
}

export interface SettingsContext {
  readonly homeDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Replaces the user's and the global known_hosts files. */
  readonly knownHostsFiles?: readonly string[] | undefined;
  readonly signal: AbortSignal;
}

/** Asks `ssh -G`, which reads ~/.ssh/config and /etc/ssh/ssh_config as ssh itself does; plain defaults where OpenSSH is not installed. */
export async function settingsFor(target: SshTarget, context: SettingsContext): Promise<SshSettings> {
  const lines = (await openSshConfig(target, context)) ?? [];
  const all = (key: string) => lines.filter(([name]) => name === key).map(([, value]) => value);
  const one = (key: string) => all(key)[0];
  const option = (key: string) => target.options[key.toLowerCase()] ?? one(key.toLowerCase());
  const user = target.user ?? one('user') ?? userInfo().username;
  const hostName = one('hostname') ?? target.host;
  const path = (text: string) => expand(text, { home: context.homeDir, host: hostName, user });
  const paths = (text: string | undefined, otherwise: string[]) => (text ? splitWords(text) : otherwise).map(path);

  const port = target.port ?? Number(one('port') ?? 22);
  const proxyJump = none(target.proxyJump ?? option('ProxyJump'));
  // `-J none` of the inventory switches a ProxyCommand of the configuration off, too, as it does for ssh.
  const command = target.proxyJump === undefined && proxyJump === undefined ? none(one('proxycommand')) : undefined;

  const named = target.privateKeyFile ?? target.options['identityfile'];
  const configured = all('identityfile');
  const defaults = ['id_rsa', 'id_ecdsa', 'id_ed25519'].map((name) => `~/.ssh/${name}`);
  const agent = none(one('identityagent'));
  const checking = target.options['stricthostkeychecking'] ?? one('stricthostkeychecking') ?? 'ask';
  return {
    hostName,
    port,
    user,
    identityFiles: named ? [path(named)] : (configured.length ? configured : defaults).map(path),
    identityNamed: named !== undefined,
    identitiesOnly: isYes(option('IdentitiesOnly')),
    agent:
      agent && agent !== 'SSH_AUTH_SOCK'
        ? path(agent.replace(/^\$(\w+)$/, (_, name: string) => context.env[name] ?? ''))
        : context.env['SSH_AUTH_SOCK'],
    userKnownHosts: context.knownHostsFiles ?? paths(option('UserKnownHostsFile'), ['~/.ssh/known_hosts', '~/.ssh/known_hosts2']),
    globalKnownHosts: context.knownHostsFiles
      ? []
      : paths(one('globalknownhostsfile'), ['/etc/ssh/ssh_known_hosts', '/etc/ssh/ssh_known_hosts2']),
    hashKnownHosts: isYes(one('hashknownhosts')),
    hostKeyAlias: none(one('hostkeyalias')),
    acceptNew: target.hostKeyChecking === 'accept-new' || ['accept-new', 'no', 'off', 'false'].includes(checking.toLowerCase()),
    proxyJump,
    proxyCommand: command && expandProxyCommand(command, { host: hostName, name: target.host, port, user }),
    connectTimeoutMs: seconds(option('ConnectTimeout')) ?? target.connectTimeoutMs,
    keepaliveIntervalMs: seconds(option('ServerAliveInterval')) ?? 15_000,
    keepaliveCountMax: Number(option('ServerAliveCountMax') ?? 3),
  };
}

type Line = readonly [key: string, value: string];

async function openSshConfig(target: SshTarget, context: SettingsContext): Promise<Line[] | undefined> {
  if (target.host.startsWith('-')) throw failure('connect/config', { host: target.host, reason: 'a host name cannot start with a dash' });
  const args = ['-G'];
  // ssh goes by the password file's home, not by HOME: another home's configuration has to be named.
  if (context.homeDir !== userInfo().homedir) {
    const own = join(context.homeDir, '.ssh/config');
    args.push('-F', existsSync(own) ? own : 'none');
  }
  if (target.user) args.push('-l', target.user);
  if (target.port) args.push('-p', String(target.port));
  for (const [name, value] of Object.entries(target.options)) args.push('-o', `${name}=${value}`);
  args.push(target.host);
  return await new Promise((resolve, reject) => {
    const env = Object.fromEntries(Object.entries(context.env).filter(([, value]) => value !== undefined));
    execFile('ssh', args, { env: { ...env, HOME: context.homeDir }, signal: context.signal, timeout: 20_000 }, (error, stdout, stderr) => {
      if (!error) return resolve(stdout.split('\n').filter(Boolean).map(toLine));
      if (error.code === 'ENOENT') return resolve(undefined);
      if (context.signal.aborted) return reject(context.signal.reason);
      reject(failure('connect/config', { host: target.host, reason: stderr.trim() || error.message }, { cause: error }));
    });
  });
}

function toLine(text: string): Line {
  const space = text.indexOf(' ');
  return space < 0 ? [text.toLowerCase(), ''] : [text.slice(0, space).toLowerCase(), text.slice(space + 1)];
}

function expand(text: string, tokens: { home: string; host: string; user: string }): string {
  const plain = text.replace(/^"(.*)"$/, '$1').replace(/^~(?=\/|$)/, tokens.home);
  const known: Record<string, string> = { d: tokens.home, h: tokens.host, r: tokens.user, u: userInfo().username, '%': '%' };
  const filled = plain.replace(/%(.)/g, (whole, letter: string) => known[letter] ?? whole);
  return isAbsolute(filled) ? filled : join(process.cwd(), filled);
}

function splitWords(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|(\S+)/g)].map((found) => found[1] ?? found[2] ?? '');
}

function none(text: string | undefined): string | undefined {
  return text === undefined || text === '' || text.toLowerCase() === 'none' ? undefined : text;
}

function isYes(text: string | undefined): boolean {
  return text !== undefined && ['yes', 'true'].includes(text.toLowerCase());
}

/** 0 and `none` are OpenSSH's "not set". */
function seconds(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && Number.isFinite(value) && value > 0 ? value * 1000 : undefined;
}
