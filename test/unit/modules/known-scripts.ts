import { aptGetScript, listsAgeScript, simulateScript } from '../../../src/modules/packages/apt-scripts.js';
import { accessScript } from '../../../src/modules/query/stat.js';
import { needsReloadScript } from '../../../src/modules/resource/systemd_service.js';
import type { FakeHost, FakeScript } from './fake-host.js';

/** Our own read-only scripts as the fake host runs them, by a part of their text. */
export const knownScripts: ReadonlyMap<string, FakeScript> = new Map<string, FakeScript>([
  ['getent passwd "$(id -u)"', () => ({ rc: 0, stdout: '/root\n', stderr: '' })],
  [accessScript, (host, [path = '']) => ({ rc: 0, stdout: access(host, path), stderr: '' })],
  ['readlink -f', (host, [path = '']) => ({ rc: 0, stdout: `${host.resolve(path, true)}\n`, stderr: '' })],
  [needsReloadScript, (host) => ({ rc: 0, stdout: `${host.memory.get('needs-reload') === true ? 'yes' : 'no'}\n`, stderr: '' })],
  [listsAgeScript, (host) => ({ rc: 0, stdout: aptListsAge(host), stderr: '' })],
  [
    simulateScript,
    (host, args) =>
      args.includes('autoremove') ? { rc: 0, stdout: leftovers(host), stderr: '' } : { rc: 0, stdout: upgrades(host), stderr: '' },
  ],
]);

/** Scripts that operations run, by a short name. */
export const runScripts: ReadonlyMap<string, string> = new Map([[aptGetScript, 'apt-get']]);

function aptListsAge(host: FakeHost): string {
  const age = host.memory.get('index-age');
  return `${age ?? 'never'} ${host.nodes.get('/var/lib/apt/lists')?.mtime ?? 0}\n`;
}

/** Every installed package with a newer candidate, as apt-get -s shows it. */
function upgrades(host: FakeHost): string {
  return [...host.packages.values()]
    .filter((each) => each.status === 'installed' && !each.held && each.candidate !== undefined && each.candidate !== each.version)
    .map(
      (each) =>
        `Inst ${each.name} [${each.version}] (${each.candidate} Debian:12.9/stable [amd64])\nConf ${each.name} (${each.candidate} Debian:12.9/stable [amd64])\n`,
    )
    .join('');
}

function leftovers(host: FakeHost): string {
  const names = String(host.memory.get('not-needed') ?? '').split(' ');
  return names
    .flatMap((name) => (host.packages.get(name)?.status === 'installed' ? [`Remv ${name} [${host.packages.get(name)?.version}]\n`] : []))
    .join('');
}

/** As root: everything may be read and written, what has an x bit may be run. */
function access(host: FakeHost, path: string): string {
  const node = host.nodes.get(host.resolve(path, true));
  return node ? `yy${node.mode & 0o111 ? 'y' : 'n'}` : 'nnn';
}
