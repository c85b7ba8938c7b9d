import type { ValueMap } from '../../../src/base/value.js';
import type { Given, GivenFile } from './case.js';
import { FakeHost } from './fake-host.js';
import { knownScripts } from './known-scripts.js';

/** The host that a case describes. */
export function givenHost(given: Given = {}): FakeHost {
  const host = new FakeHost();
  for (const [name, group] of Object.entries(given.groups ?? {})) host.groups.set(name, { name, gid: 1000, members: [], ...fields(group) });
  for (const [name, user] of Object.entries(given.users ?? {})) {
    host.users.set(name, {
      name,
      uid: 1000,
      gid: 1000,
      gecos: '',
      home: `/home/${name}`,
      shell: '/bin/sh',
      groups: [],
      homeExists: true,
      ...fields(user),
    });
  }
  for (const [name, each] of Object.entries(given.packages ?? {}))
    host.packages.set(name, { name, status: 'installed', held: false, providedBy: [], ...fields(each) });
  for (const [name, unit] of Object.entries(given.units ?? {})) {
    host.units.set(name, {
      name,
      loadState: 'loaded',
      activeState: 'inactive',
      subState: 'dead',
      unitFileState: 'disabled',
      ...fields(unit),
    });
  }
  for (const [path, file] of Object.entries(given.files ?? {})) putFile(host, path, typeof file === 'string' ? { content: file } : file);
  for (const [part, answer] of Object.entries(given.scripts ?? {}))
    host.scripts.set(part, () => ({ rc: 0, stdout: '', stderr: '', ...answer }));
  for (const [name, value] of Object.entries(given.memory ?? {})) host.memory.set(name, value);
  for (const [part, script] of knownScripts) host.scripts.set(part, script);
  return host;
}

function putFile(host: FakeHost, path: string, file: GivenFile): void {
  const other = file.hard === undefined ? undefined : host.nodes.get(file.hard);
  if (other) {
    host.nodes.set(path, other);
    return;
  }
  const type = file.link !== undefined ? 'link' : file.directory ? 'directory' : file.fifo ? 'fifo' : 'file';
  host.put(path, {
    type,
    target: file.link,
    content: file.base64 === undefined ? Buffer.from(file.content ?? '') : Buffer.from(file.base64, 'base64'),
    ...(file.mode !== undefined && { mode: Number.parseInt(file.mode, 8) }),
    ...(file.owner !== undefined && { owner: file.owner }),
    ...(file.group !== undefined && { group: file.group }),
    ...(file.mtime !== undefined && { mtime: file.mtime }),
    ...(file.atime !== undefined && { atime: file.atime }),
    ...(file.unknownFrom !== undefined && { unknownFrom: file.unknownFrom }),
  });
}

/** A case gives only the fields that matter to it; their names are those of sdk/query.ts. */
function fields(given: ValueMap): object {
  return given;
}
