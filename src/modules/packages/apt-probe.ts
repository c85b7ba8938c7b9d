import { ModuleFailure } from '../../sdk/module.js';
import type { PackageState, ReadView } from '../../sdk/query.js';
import type { AptArguments } from './apt-arguments.js';
import { listsAgeScript, parseSimulation, type Simulated, simulateScript } from './apt-scripts.js';

export interface AptState {
  readonly packages: readonly WantedPackage[];
  /** Seconds; undefined: never refreshed. */
  readonly listsAge: number | undefined;
  readonly upgrades: Simulated | undefined;
  readonly leftovers: Simulated | undefined;
  readonly rebootRequired: boolean;
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
  const [found, listsAge, upgrades, leftovers, reboot] = await Promise.all([
    Promise.all(packages),
    refreshes(args) ? ageOfLists(read) : 0,
    args.upgrade === 'no' ? undefined : simulate(read, upgradeCommand(args.upgrade)),
    args.autoremove && !args.name?.length && args.upgrade === 'no'
      ? simulate(read, ['autoremove', ...(args.purge ? ['--purge'] : [])])
      : undefined,
    read.stat('/run/reboot-required'),
  ]);
  return { packages: found, listsAge, upgrades, leftovers, rebootRequired: reboot !== undefined && reboot.unknownFrom === undefined };
}

export function refreshes(args: AptArguments): boolean {
  return args.update_cache || args.cache_valid_time !== undefined;
}

export function upgradeCommand(upgrade: Exclude<AptArguments['upgrade'], 'no'>): string[] {
  return upgrade === 'dist' || upgrade === 'full' ? ['dist-upgrade'] : ['upgrade', '--with-new-pkgs'];
}

async function ageOfLists(read: ReadView): Promise<number | undefined> {
  const [{ stdout }, folder] = await Promise.all([read.script(listsAgeScript), read.stat('/var/lib/apt/lists')]);
  const [age, newest] = stdout.trim().split(' ');
  // In check mode a script tells of the host as it is, and the folder's time is later than that: an earlier task would have refreshed them.
  if (folder && Math.floor(folder.mtime) > Number(newest)) return 0;
  return age === 'never' ? undefined : Number(age);
}

async function simulate(read: ReadView, command: readonly string[]): Promise<Simulated> {
  const { rc, stdout, stderr } = await read.script(simulateScript, command);
  if (rc !== 0) throw new ModuleFailure(`apt-get -s ${command.join(' ')} failed: ${(stderr || stdout).trim().slice(-2000)}`, { rc });
  return parseSimulation(stdout);
}
