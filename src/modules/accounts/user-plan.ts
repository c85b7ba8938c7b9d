import { ModuleFailure, type Plan } from '../../sdk/module.js';
import type { Change, Operation } from '../../sdk/operation.js';
import type { GroupState, UserState } from '../../sdk/query.js';
import type { UserArguments } from './user-arguments.js';

export interface AccountState {
  readonly user: UserState | undefined;
  /** The group of the user's own name, which a new user without `group` would get. */
  readonly ownGroup: GroupState | undefined;
  readonly primary: GroupState | undefined;
  /** Names asked for that the host does not have. */
  readonly missing: readonly string[];
}

const AGEING = [
  ['password_expire_min', 'passwordMin', '-m'],
  ['password_expire_max', 'passwordMax', '-M'],
] as const;

/** Stands for a number that the host chooses when it is made. */
const chosenByHost = -1;

export function planUser(args: UserArguments, state: AccountState): Plan {
  if (args.non_unique && args.uid === undefined) throw new ModuleFailure('non_unique needs uid');
  if (args.append && args.groups === undefined) throw new ModuleFailure('append needs groups');
  if (args.password !== undefined && /[:\n]/.test(args.password))
    throw new ModuleFailure('password is no hash as in /etc/shadow: it has a colon or a line feed');
  if (args.state === 'absent') return planAbsent(args, state.user);
  if (state.missing.length)
    throw new ModuleFailure(`user ${args.name}: there is no group ${state.missing.map((each) => `"${each}"`).join(', ')} on the host`);
  return state.user ? planChange(args, state.user, state.primary) : planNew(args, state);
}

function planAbsent({ name, remove, force }: UserArguments, user: UserState | undefined): Plan {
  const result = { name, state: 'absent' };
  if (!user) return { changes: [], operations: [], result };
  return {
    changes: [{ subject: `user ${name}`, attribute: 'state', before: 'present', after: null }],
    operations: [
      {
        kind: 'run',
        argv: ['userdel', ...(remove ? ['-r'] : []), ...(force ? ['-f'] : []), '--', name],
        effects: [{ kind: 'user', name, state: undefined }],
      },
    ],
    result,
  };
}

function planNew(args: UserArguments, { ownGroup, primary }: AccountState): Plan {
  const { name } = args;
  const home = args.home ?? `/home/${name}`;
  const expiry = wantedExpiry(args);
  const user: UserState = {
    name,
    uid: args.uid ?? chosenByHost,
    gid: primary?.gid ?? ownGroup?.gid ?? chosenByHost,
    gecos: args.comment ?? '',
    home,
    shell: args.shell ?? '/bin/sh',
    groups: [...(args.groups ?? [])].sort(),
    passwordHash: '!',
    homeExists: args.create_home,
    ...(expiry !== undefined && { expires: expiry }),
  };
  const options = [
    ...(args.uid === undefined ? [] : ['-u', String(args.uid), ...(args.non_unique ? ['-o'] : [])]),
    // A group of that name is there already: useradd would refuse to make it again.
    ...(args.group !== undefined ? ['-g', args.group] : ownGroup ? ['-N'] : []),
    ...(args.groups?.length ? ['-G', args.groups.join(',')] : []),
    ...(args.comment === undefined ? [] : ['-c', args.comment]),
    ...(args.home === undefined ? [] : ['-d', args.home]),
    ...(args.shell === undefined ? [] : ['-s', args.shell]),
    ...(args.system ? ['-r'] : []),
    ...(expiry === undefined ? [] : ['-e', isoDay(expiry)]),
    ...(args.create_home ? ['-m', '-k', args.skeleton] : ['-M']),
  ];
  const create: Operation = { kind: 'run', argv: ['useradd', ...options, '--', name], effects: [{ kind: 'user', name, state: user }] };
  const aged = ageing(args, user);
  const secured = password(args, aged.user, true);
  return {
    changes: [{ subject: `user ${name}`, attribute: 'state', before: null, after: 'present' }],
    operations: [create, ...aged.operations, ...secured.operations],
    result: shown(args, user),
  };
}

function planChange(args: UserArguments, found: UserState, primary: GroupState | undefined): Plan {
  const { name } = args;
  const changes: Change[] = [];
  const options: string[] = [];
  let user = found;
  const set = (attribute: string, before: Change['before'], after: Change['after'], flags: readonly string[], next: Partial<UserState>) => {
    changes.push({ subject: `user ${name}`, attribute, before, after });
    options.push(...flags);
    user = { ...user, ...next };
  };
  if (args.uid !== undefined && args.uid !== found.uid)
    set('uid', found.uid, args.uid, ['-u', String(args.uid), ...(args.non_unique ? ['-o'] : [])], { uid: args.uid });
  if (args.group !== undefined && primary && primary.gid !== found.gid)
    set('group', found.gid, args.group, ['-g', args.group], { gid: primary.gid });
  const groups = wantedGroups(args, found);
  const present = [...found.groups].sort().join(',');
  if (groups !== undefined && groups.join(',') !== present) set('groups', present, groups.join(','), ['-G', groups.join(',')], { groups });
  if (args.comment !== undefined && args.comment !== found.gecos)
    set('comment', found.gecos, args.comment, ['-c', args.comment], { gecos: args.comment });
  if (args.shell !== undefined && args.shell !== found.shell)
    set('shell', found.shell, args.shell, ['-s', args.shell], { shell: args.shell });
  if (args.home !== undefined && args.home !== found.home) {
    set('home', found.home, args.home, ['-d', args.home, ...(args.move_home ? ['-m'] : [])], {
      home: args.home,
      homeExists: args.move_home && found.homeExists,
    });
  }
  const expiry = wantedExpiry(args);
  if (args.expires !== undefined && expiry !== found.expires) {
    const { expires: _before, ...endless } = user;
    const [before, after] = [found.expires, expiry].map((each) => (each === undefined ? 'never' : isoDay(each)));
    set('expires', before ?? null, after ?? null, ['-e', expiry === undefined ? '' : isoDay(expiry)], {});
    user = expiry === undefined ? endless : { ...user, expires: expiry };
  }
  const modify: Operation[] = options.length
    ? [{ kind: 'run', argv: ['usermod', ...options, '--', name], effects: [{ kind: 'user', name, state: user }] }]
    : [];
  const housed = makeHome(args, user);
  const aged = ageing(args, housed.user);
  const secured = password(args, aged.user, false);
  return {
    changes: [...changes, ...housed.changes, ...aged.changes, ...secured.changes],
    operations: [...modify, ...housed.operations, ...aged.operations, ...secured.operations],
    result: shown(args, secured.user),
  };
}

function wantedGroups(args: UserArguments, found: UserState): string[] | undefined {
  if (args.groups === undefined) return undefined;
  return [...new Set([...args.groups, ...(args.append ? found.groups : [])])].sort();
}

interface Part {
  readonly changes: readonly Change[];
  readonly operations: readonly Operation[];
  readonly user: UserState;
}

function makeHome(args: UserArguments, user: UserState): Part {
  if (!args.create_home || user.homeExists) return { changes: [], operations: [], user };
  const made = { ...user, homeExists: true };
  const effects = [{ kind: 'user', name: args.name, state: made }] as const;
  const owner = { owner: args.name, group: String(user.gid) };
  return {
    changes: [{ subject: user.home, attribute: 'state', before: null, after: 'directory' }],
    operations: [
      { kind: 'mkdir', path: user.home, attributes: { mode: 0o755, ...owner } },
      { kind: 'run', argv: ['cp', '-RT', '--no-preserve=ownership', '--', args.skeleton, user.home], effects: [] },
      { kind: 'run', argv: ['chown', '-R', '--', `${args.name}:${user.gid}`, user.home], effects },
    ],
    user: made,
  };
}

/** Days since 1970-01-01; undefined where the account never ends, or nothing is said of it. */
function wantedExpiry({ expires }: UserArguments): number | undefined {
  return expires === undefined || expires < 0 ? undefined : Math.floor(expires / 86_400);
}

function isoDay(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

/** How long a password is kept, by chage(1). */
function ageing({ name, ...args }: UserArguments, user: UserState): Part {
  const changes: Change[] = [];
  const options: string[] = [];
  let next = user;
  for (const [attribute, field, flag] of AGEING) {
    const wanted = args[attribute];
    const before = user[field];
    if (wanted === undefined || wanted === before) continue;
    changes.push({ subject: `user ${name}`, attribute, before: before ?? null, after: wanted });
    options.push(flag, String(wanted));
    next = { ...next, [field]: wanted };
  }
  const operations: Operation[] = options.length
    ? [{ kind: 'run', argv: ['chage', ...options, '--', name], effects: [{ kind: 'user', name, state: next }] }]
    : [];
  return { changes, operations, user: next };
}

/** The hash goes in on standard input. A lock is `!` before it. */
function password(args: UserArguments, user: UserState, isNew: boolean): Part {
  const { name } = args;
  const changes: Change[] = [];
  const operations: Operation[] = [];
  let hash = user.passwordHash;
  const wanted = args.password;
  if (
    wanted !== undefined &&
    (isNew || args.update_password === 'always') &&
    (hash ?? '').replace(/^!+/, '') !== wanted.replace(/^!+/, '')
  ) {
    hash = wanted;
    changes.push({ subject: `user ${name}`, attribute: 'password', before: isNew ? null : 'another', after: 'as given' });
    operations.push({
      kind: 'run',
      argv: ['chpasswd', '-e'],
      stdin: `${name}:${wanted}\n`,
      effects: [{ kind: 'user', name, state: { ...user, passwordHash: wanted } }],
    });
  }
  const locked = hash?.startsWith('!') ?? false;
  if (args.password_lock !== undefined && args.password_lock !== locked) {
    // An empty hash would let everybody in: usermod refuses to unlock it, and so do we, before anything is done.
    if (!args.password_lock && /^!*$/.test(hash ?? '')) throw new ModuleFailure(`user ${name} has no password that could be unlocked`);
    hash = args.password_lock ? `!${hash ?? ''}` : hash?.replace(/^!+/, '');
    const next: UserState = hash === undefined ? user : { ...user, passwordHash: hash };
    changes.push({ subject: `user ${name}`, attribute: 'password_lock', before: locked, after: args.password_lock });
    operations.push({
      kind: 'run',
      argv: ['usermod', args.password_lock ? '-L' : '-U', '--', name],
      effects: [{ kind: 'user', name, state: next }],
    });
  }
  return { changes, operations, user: hash === undefined ? user : { ...user, passwordHash: hash } };
}

function shown(args: UserArguments, user: UserState) {
  return {
    name: args.name,
    state: 'present',
    ...(user.uid !== chosenByHost && { uid: user.uid }),
    ...(user.gid !== chosenByHost && { group: user.gid }),
    home: user.home,
    shell: user.shell,
    comment: user.gecos,
    groups: [...user.groups],
  };
}
