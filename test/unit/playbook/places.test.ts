import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ChatsctlError } from '../../../src/base/errors.js';
import { adHocPlaybook } from '../../../src/playbook/ad-hoc.js';
import { diskFiles, type FileAccess } from '../../../src/playbook/files.js';
import { tasksOf } from '../../../src/playbook/outline.js';
import { contextOf, fixtures, load, shown } from './loading.js';

const folder = join(fixtures, 'places');
const own = join(folder, 'package');

/** The fixture's `installed/` stands for `node_modules/`, which no repository keeps. */
function withInstalled(cwd: string): FileAccess {
  const disk = diskFiles(cwd);
  const real = (path: string) => path.replace('/places/project/node_modules/', '/places/project/installed/');
  return {
    read: (path, position) => disk.read(real(path), position),
    isFile: (path) => disk.isFile(real(path)),
    isFolder: (path) => disk.isFolder(real(path)),
    list: (path) => disk.list(real(path)),
  };
}

describe('where playbooks and roles are looked for', () => {
  it('a playbook in the working directory, else the package’s own', () => {
    expect(load('places/project', 'playbooks/site.yaml').playbook.path).toBe(join(folder, 'project/playbooks/site.yaml'));
    const shipped = load('places/project', 'shipped.yaml', { packageDirectory: own });
    expect(shipped.found.map(shown)).toEqual([]);
    expect(shipped.playbook.path).toBe(join(own, 'playbooks/shipped.yaml'));
    expect(load('places/project', 'shiped.yaml', { packageDirectory: own }).found.map(shown)).toEqual([
      'error play/no-playbook - (shipped.yaml)',
    ]);
  });

  it('roles beside the playbook, upward to the project’s root, of --roles-path, of the package, of packages, by path', () => {
    const { playbook, found } = load('places/project', 'playbooks/site.yaml', {
      files: withInstalled(join(folder, 'project')),
      rolesPaths: [join(folder, 'further')],
      packageDirectory: own,
    });
    expect(found.map(shown)).toEqual([]);
    const paths = playbook.plays[0]?.staticRoles.map((role) => role.path.slice(folder.length + 1));
    expect(paths).toEqual([
      'project/playbooks/roles/beside',
      'project/roles/upward',
      'further/listed',
      'package/roles/shipped',
      'project/node_modules/@some/vendor/roles/theirs',
      'elsewhere/by-path',
    ]);
  });

  it('not above the project’s root', () => {
    const { found } = load('places/project', 'playbooks/above.yaml');
    expect(found.map(shown)).toEqual(['error role/not-found playbooks/above.yaml:2:11']);
  });
});

describe('one task from the command line', () => {
  const context = contextOf(folder);
  const task = (module: string, args: string) => {
    const [first] = adHocPlaybook({ pattern: 'a:b', module, args }, context).plays.flatMap(tasksOf);
    return first?.kind === 'task' ? first : undefined;
  };

  it.each([
    ['file', '{ path: /x, state: touch }', { path: '/x', state: 'touch' }],
    ['file', 'path: /x', { path: '/x' }],
    ['file', 'path=/x state=touch', { path: '/x', state: 'touch' }],
    ['command', 'uptime -p', { cmd: 'uptime -p' }],
    ['command', 'echo a: b creates=/x', { cmd: 'echo a: b', creates: '/x' }],
    ['debug', '', {}],
  ])('%s %s', (module, args, expected) => {
    expect(task(module, args)?.args).toEqual(expected);
  });

  it('mistakes have their place in what was typed', () => {
    const failure = (module: string, args: string) => {
      try {
        task(module, args);
      } catch (error) {
        if (error instanceof ChatsctlError) return error.diagnostics.map(shown);
        throw error;
      }
      return [];
    };
    expect(failure('file', 'path=/x onwer=root')).toEqual(['error args/unknown -a:1:9 (owner)']);
    expect(failure('file', '{ path: /x, onwer: root }')).toEqual(['error args/unknown -a:1:13 (owner)']);
    expect(failure('fiel', 'path=/x')).toEqual(['error play/unknown-module -m:1:1 (file)']);
  });
});
