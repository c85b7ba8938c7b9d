import { ModuleFailure } from '../../sdk/module.js';
import type { PackageState, ReadView } from '../../sdk/query.js';
import type { AptArguments } from './apt-arguments.js';
import { listsAgeScript, parseSimulation, type Simulated, simulateScript } from './apt-scripts.js';

export interface AptState {
  readonly packages: readonly WantedPackage[];
  /** undefined: never refreshed. */
  readonly lists: PackageLists | undefined;
  readonly upgrades: Simulated | undefined;
  readonly leftovers: Simulated | undefined;
  readonly rebootRequired: boolean;
}

export interface PackageLists {
  /** Seconds, by the host's clock. */
  readonly age: number;
  /** Seconds since the epoch. */
  readonly refreshed: number;
}

export interface WantedPackage {
  readonly name: string;
  /** Behind `=`; may have `*`. */
  readonly version: string | undefined;
  readonly state: PackageState;
}

export async function probeApt(args: AptArguments, read: ReadView): Promise<AptState> {
  const packages = [...new Set(args.name ?? [])]
    .filter((each) => each !== '')
    .map(async (given): Promise<WantedPackage> => {
      const [name = '', version] = given.split('=', 2);
      const candidate = args.state === 'latest' || version !== undefined;
      return { name, version, state: await read.package(name, { candidate }) };
    });
  const [found, lists, upgrades, leftovers, reboot] = await Promise.all([
    Promise.all(packages),
    refreshes(args) ? probeLists(read) : undefined,
    args.upgrade === 'no' ? undefined : simulate(read, upgradeCommand(args.upgrade)),
    args.autoremove && !args.name?.length && args.upgrade === 'no'
      ? simulate(read, ['autoremove', ...(args.purge ? ['--purge'] : [])])
      : undefined,
    read.stat('/run/reboot-required'),
  ]);
  return { packages: found, lists, upgrades, leftovers, rebootRequired: reboot !== undefined && reboot.unknownFrom === undefined };
}

export function refreshes(args: AptArguments): boolean {
  return args.update_cache || args.cache_valid_time !== undefined;
}

export function upgradeCommand(upgrade: Exclude<AptArguments['upgrade'], 'no'>): string[] {
  return upgrade === 'dist' || upgrade === 'full' ? ['dist-upgrade'] : ['upgrade', '--with-new-pkgs'];
}

async function probeLists(read: ReadView): Promise<PackageLists | undefined> {
  const [{ stdout }, folder] = await Promise.all([read.script(listsAgeScript), read.stat('/var/lib/apt/lists')]);
  const [age, newest] = stdout.trim().split(' ');
  // In check mode a script tells of the host as it is, and the folder's time is later than that: an earlier task would have refreshed them.
  if (folder && Math.floor(folder.mtime) > Number(newest)) return { age: 0, refreshed: folder.mtime };
  return age === 'never' ? undefined : { age: Number(age), refreshed: Number(newest) };
}

async function simulate(read: ReadView, command: readonly string[]): Promise<Simulated> {
  const { rc, stdout, stderr } = await read.script(simulateScript, command);
  if (rc !== 0) throw new ModuleFailure(`apt-get -s ${command.join(' ')} failed: ${(stderr || stdout).trim().slice(-2000)}`, { rc });
  return parseSimulation(stdout);
}
