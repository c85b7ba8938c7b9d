import { Diagnostics, failure } from '../base/errors.js';
import { Secret } from '../base/secret.js';
import type { Value, ValueMap } from '../base/value.js';
import type { Host, HostPort, Identity } from '../host/port.js';
import { loginIdentity } from '../host/port.js';
import { sshTargetFrom } from '../inventory/connection-variables.js';
import type { Inventory } from '../inventory/inventory.js';
import { loadInventory } from '../inventory/load.js';
import { Scope } from '../vars/scope.js';
import { readExtraVars } from './extra-vars.js';
import { hostOpener, type OpenHost } from './host-opener.js';
import { maskGiven } from './mask-given.js';
import type { ConnectionFlags } from './play-options.js';
import type { Prompter } from './prompter.js';
import { askPasswords, connectTimeoutMs, type Passwords } from './run-options.js';
import { hasKey, openForRun, storeExists, storePath } from './run-store.js';
import type { Session } from './session.js';

export interface Reached {
  readonly name: string;
  /** As the flags and the inventory say (`-b`), or as root. */
  port(as: 'login' | 'root'): Promise<HostPort>;
}

/** For commands that look at hosts without playing anything: connects when asked, without locks. */
export class HostReach {
  readonly hosts: readonly Reached[];
  private readonly opened = new Map<string, Promise<Host>>();

  constructor(
    names: readonly string[],
    private readonly scopeOf: (host: string) => Scope,
    private readonly open: OpenHost,
    private readonly flags: ConnectionFlags,
    private readonly passwords: Passwords,
  ) {
    this.hosts = names.map((name) => ({ name, port: async (as) => (await this.host(name)).as(this.identity(name, as)) }));
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.opened.values()].map(async (host) => (await host).close()));
  }

  /** Does the work for each host, as many at once as `--forks` allows; a host's failure is its own. */
  async each<T>(work: (host: Reached) => Promise<T>): Promise<PromiseSettledResult<T>[]> {
    const results: PromiseSettledResult<T>[] = [];
    let next = 0;
    const worker = async () => {
      while (next < this.hosts.length) {
        const at = next++;
        const host = this.hosts[at];
        if (host) results[at] = (await Promise.allSettled([work(host)]))[0];
      }
    };
    await Promise.all(Array.from({ length: this.flags.forks }, worker));
    return results;
  }

  private host(name: string): Promise<Host> {
    let host = this.opened.get(name);
    if (!host) {
      const scope = this.scopeOf(name);
      const local = (scope.get('ansible_connection') ?? (name === 'localhost' ? 'local' : 'ssh')) === 'local';
      const { user, privateKey, acceptNewHostKeys } = this.flags;
      const defaults = {
        user,
        password: this.passwords.login,
        privateKeyFile: privateKey,
        connectTimeoutMs: connectTimeoutMs(this.flags),
        acceptNewHostKeys: acceptNewHostKeys === true,
      };
      host = this.open(name, local ? 'local' : sshTargetFrom(name, (variable) => scope.get(variable), defaults));
      this.opened.set(name, host);
    }
    return host;
  }

  private identity(name: string, as: 'login' | 'root'): Identity {
    const scope = this.scopeOf(name);
    const text = (variable: string, otherwise: string) => String(scope.get(variable) ?? otherwise);
    const become = as === 'root' || (truth(scope.get('ansible_become')) ?? (this.flags.become || this.flags.becomeUser !== undefined));
    if (!become) return loginIdentity;
    const password = scope.get('ansible_become_password') ?? scope.get('ansible_become_pass');
    return {
      becomeUser: as === 'root' ? 'root' : text('ansible_become_user', this.flags.becomeUser ?? 'root'),
      method: text('ansible_become_method', 'sudo'),
      flags: text('ansible_become_flags', '').split(/\s+/).filter(Boolean),
      password: password === undefined || password === null ? this.passwords.become : new Secret(String(password)),
    };
  }
}

/** The hosts of a pattern, ready to be connected to. Errors: of the inventory, `cli/no-hosts`, `secrets/*`. */
export async function reachHosts(pattern: string, flags: ConnectionFlags, prompter: Prompter, session: Session): Promise<HostReach> {
  const { cwd, say } = session;
  const collect = new Diagnostics();
  const inventory = loadInventory(flags.inventory, { cwd });
  const extraVars = readExtraVars(flags.extraVars, cwd, collect);
  collect.throwIfAny();
  const names = inventory.match([pattern], { limit: flags.limit, cwd });
  if (names.length === 0) throw failure('cli/no-hosts', { pattern: flags.limit ?? pattern });
  const secrets = maskGiven({ inventory, extraVars }, session);
  const passwords = await askPasswords(flags, prompter, say);
  const stored = await storedValues(inventory, flags, prompter, session);
  const scopeOf = (host: string) =>
    Scope.of(
      [
        ...inventory.variablesOf(host),
        { level: 'store', values: stored },
        { level: 'extra-vars', values: extraVars },
        { level: 'magic', values: { inventory_hostname: host } },
      ],
      { onRead: (name, value) => secrets.learn(name, value) },
    );
  const open = hostOpener(session, { prompter, verbosity: flags.verbose, onEvent: () => {} });
  return new HostReach(names, scopeOf, open, flags, passwords);
}

/** Passwords may be kept in the store; it is opened where that can be done. */
async function storedValues(inventory: Inventory, flags: ConnectionFlags, prompter: Prompter, session: Session): Promise<ValueMap> {
  const path = storePath(inventory.directory ?? session.cwd);
  if (!storeExists(path) || !(hasKey(flags.identity, session.env) || prompter.canAsk)) return {};
  return (await openForRun({ path, identity: flags.identity, prompter, session })).values();
}

function truth(value: Value | undefined): boolean | undefined {
  if (value === undefined || value === null) return undefined;
  return value === true || /^(yes|true|on|1)$/i.test(String(value));
}
