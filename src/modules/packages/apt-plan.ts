import { DebianVersion } from '../../base/debian-version.js';
import { ModuleFailure, type Plan } from '../../sdk/module.js';
import type { Change, Effect, Operation } from '../../sdk/operation.js';
import type { AptArguments } from './apt-arguments.js';
import { type AptState, refreshes, upgradeCommand, type WantedPackage } from './apt-probe.js';
import { aptGetScript } from './apt-scripts.js';

interface Step {
  readonly changes: readonly Change[];
  readonly effects: readonly Effect[];
  /** Of apt-get. Undefined: nothing is to be run. */
  readonly command: readonly string[] | undefined;
}

export function planApt(args: AptArguments, state: AptState): Plan {
  const work = args.state === 'absent' ? [removal(args, state.packages)] : [installation(args, state.packages)];
  if (args.upgrade !== 'no' && state.upgrades) work.push(upgrade(args, args.upgrade, state));
  if (state.leftovers) work.push(cleaning(args, state.leftovers));
  const refreshing = refresh(args, state, work);
  const steps = [...(refreshing ? [refreshing] : []), ...work].filter((each) => each.command);
  const upgradable = state.upgrades?.installed.filter((each) => each.from !== undefined).length;
  return {
    changes: steps.flatMap((each) => each.changes),
    operations: steps.flatMap((each) => [aptGet(args, each), ...(each === refreshing ? [stamp] : [])]),
    result: {
      cache_updated: refreshing !== undefined,
      reboot_required: state.rebootRequired,
      ...(upgradable !== undefined && { upgradable }),
    },
  };
}

/** apt-get update leaves no trace of its time where nothing was new. */
const stamp: Operation = { kind: 'touch', path: '/var/lib/apt/lists', mtime: 'now' };

function aptGet(args: AptArguments, { command = [], effects }: Step): Operation {
  const options = [
    '-y',
    '-q',
    ...args.dpkg_options.flatMap((each) => ['-o', `Dpkg::Options::=--${each}`]),
    '-o',
    `DPkg::Lock::Timeout=${args.lock_timeout}`,
  ];
  return {
    kind: 'run',
    argv: ['sh', '-c', '. /dev/stdin', 'apt-get', String(args.lock_timeout), ...options, ...command],
    stdin: aptGetScript,
    environment: {
      DEBIAN_FRONTEND: 'noninteractive',
      DEBIAN_PRIORITY: 'critical',
      APT_LISTCHANGES_FRONTEND: 'none',
      UCF_FORCE_CONFFOLD: '1',
      LC_ALL: 'C.UTF-8',
    },
    effects,
    timeout: args.lock_timeout + 7200,
  };
}

/** Lists are refreshed where what follows needs them: not for a package that is there already. */
function refresh(args: AptArguments, { lists, packages }: AptState, work: readonly Step[]): Step | undefined {
  if (!refreshes(args)) return undefined;
  const alone = !packages.length && args.upgrade === 'no';
  const installs =
    args.state !== 'absent' && (args.state === 'latest' ? packages.length > 0 : work.some((each) => each.command?.includes('install')));
  if (!alone && !installs && args.upgrade === 'no') return undefined;
  const valid = args.cache_valid_time ?? (alone ? 0 : 300);
  const unknown =
    args.state !== 'absent' &&
    packages.some((each) => each.state.status !== 'installed' && each.state.candidate === undefined && !each.state.providedBy.length);
  if (!unknown && lists && valid > 0 && lists.age < valid) return undefined;
  return {
    changes: [
      {
        subject: 'package lists',
        attribute: 'refreshed',
        before: lists ? minute(lists.refreshed) : null,
        after: 'now',
      },
    ],
    effects: [{ kind: 'packages-index' }],
    command: ['-o', 'APT::Update::Error-Mode=any', 'update'],
  };
}

function installation(args: AptArguments, packages: readonly WantedPackage[]): Step {
  const stale = refreshes(args);
  const wanted = packages.filter((each) => needsInstall(args, each, stale));
  const changes = wanted.map(({ name, version, state }) => ({
    subject: `package ${name}`,
    attribute: 'version',
    before: state.status === 'installed' ? (state.version ?? null) : null,
    after: version ?? state.candidate ?? 'newest',
  }));
  const effects = wanted.map(({ name, version, state }): Effect => {
    const known = version !== undefined && !version.includes('*') ? version : state.candidate;
    return { kind: 'package', name, status: 'installed', ...(known !== undefined && { version: known }) };
  });
  const named = wanted.map(({ name, version }) => (version === undefined ? name : `${name}=${version}`));
  const flags = [
    ...(args.install_recommends === undefined ? [] : ['-o', `APT::Install-Recommends=${args.install_recommends ? 'yes' : 'no'}`]),
    ...(args.default_release === undefined ? [] : ['-t', args.default_release]),
    ...(args.allow_downgrade ? ['--allow-downgrades'] : []),
    ...(args.allow_change_held_packages ? ['--allow-change-held-packages'] : []),
    ...(args.only_upgrade ? ['--only-upgrade'] : []),
    ...(args.autoremove ? ['--auto-remove'] : []),
  ];
  return { changes, effects, command: named.length ? [...flags, 'install', '--', ...named] : undefined };
}

/** Fails where apt would: a package that nobody offers, one that is held, a downgrade that was not allowed. */
function needsInstall(args: AptArguments, { name, version, state }: WantedPackage, listsMayChange: boolean): boolean {
  const { status, candidate } = state;
  const installed = status === 'installed' ? state.version : undefined;
  if (installed === undefined) {
    if (args.only_upgrade) return false;
    if (state.providedBy.length && version === undefined) return false;
    if (candidate === undefined && !listsMayChange)
      throw new ModuleFailure(`no package "${name}" is available; update_cache: true refreshes the package lists`);
    return true;
  }
  const better =
    version === undefined
      ? args.state === 'latest' && candidate !== undefined && compare(candidate, installed) > 0
      : !versionMatches(version, installed);
  if (!better) return false;
  if (state.held && !args.allow_change_held_packages) {
    throw new ModuleFailure(`package ${name} is held at ${installed}; allow_change_held_packages: true changes it all the same`);
  }
  if (version !== undefined && !version.includes('*') && compare(version, installed) < 0 && !args.allow_downgrade) {
    throw new ModuleFailure(`package ${name} is ${installed}, which is newer than ${version}; allow_downgrade: true goes back`);
  }
  return true;
}

function removal(args: AptArguments, packages: readonly WantedPackage[]): Step {
  const gone = packages.filter(
    ({ state }) => state.status === 'installed' || state.status === 'broken' || (args.purge && state.status === 'config-files'),
  );
  const held = gone.find((each) => each.state.held);
  if (held && !args.allow_change_held_packages)
    throw new ModuleFailure(`package ${held.name} is held; allow_change_held_packages: true changes it all the same`);
  const status = args.purge ? 'absent' : 'config-files';
  const flags = [
    ...(args.autoremove ? ['--auto-remove'] : []),
    ...(args.allow_change_held_packages ? ['--allow-change-held-packages'] : []),
  ];
  return {
    changes: gone.map(({ name, state }) => ({
      subject: `package ${name}`,
      attribute: 'version',
      before: state.status === 'config-files' ? 'configuration files' : (state.version ?? state.status),
      after: null,
    })),
    effects: gone.map(({ name }) => ({ kind: 'package', name, status })),
    command: gone.length ? [...flags, args.purge ? 'purge' : 'remove', '--', ...gone.map((each) => each.name)] : undefined,
  };
}

function upgrade(args: AptArguments, kind: Exclude<AptArguments['upgrade'], 'no'>, { upgrades, lists }: AptState): Step {
  const { installed = [], removed = [] } = upgrades ?? {};
  const valid = args.cache_valid_time ?? 300;
  // Lists that are refreshed first may bring more than is known now.
  const mayBring = refreshes(args) && (!lists || valid === 0 || lists.age >= valid);
  const needed = installed.length > 0 || removed.length > 0 || mayBring;
  return {
    changes: [
      ...installed.map(({ name, from, to }) => ({ subject: `package ${name}`, attribute: 'version', before: from ?? null, after: to })),
      ...removed.map(({ name, version }) => ({
        subject: `package ${name}`,
        attribute: 'version',
        before: version ?? 'installed',
        after: null,
      })),
    ],
    effects: [
      ...installed.map(({ name, to }): Effect => ({ kind: 'package', name, status: 'installed', version: to })),
      ...removed.map(({ name }): Effect => ({ kind: 'package', name, status: 'config-files' })),
    ],
    command: needed ? [...(args.autoremove ? ['--auto-remove'] : []), ...upgradeCommand(kind)] : undefined,
  };
}

function cleaning(args: AptArguments, { removed }: NonNullable<AptState['leftovers']>): Step {
  return {
    changes: removed.map(({ name, version }) => ({
      subject: `package ${name}`,
      attribute: 'version',
      before: version ?? 'installed',
      after: null,
    })),
    effects: removed.map(({ name }) => ({ kind: 'package', name, status: args.purge ? 'absent' : 'config-files' })),
    command: removed.length ? ['autoremove', ...(args.purge ? ['--purge'] : [])] : undefined,
  };
}

function compare(a: string, b: string): number {
  return new DebianVersion(a).compare(new DebianVersion(b));
}

/** `1.2*` and the like, as apt takes them behind `=`. */
function versionMatches(wanted: string, version: string): boolean {
  const pattern = wanted.split('*').map((each) => each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('.*')}$`).test(version);
}

/** `2026-11-24T15:29Z`: an age would be another one each time that it is looked at. */
function minute(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/:\d\d\.\d+Z$/, 'Z');
}
