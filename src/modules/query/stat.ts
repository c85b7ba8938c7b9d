import type { ValueMap } from '../../base/value.js';
import { Unknown } from '../../base/value.js';
import { t } from '../../sdk/arguments.js';
import { defineQuery } from '../../sdk/module.js';
import type { FileState, ReadView } from '../../sdk/query.js';
import { expandPath } from '../files/expand-path.js';
import { formatMode } from '../files/mode.js';
import { whereReadable } from '../files/where-readable.js';

/** What the caller may do: test(1) knows of capabilities, ACLs and read-only mounts. */
export const accessScript = `# what the caller may do with a path
for may in r w x; do [ "-$may" "$1" ] && printf y || printf n; done`;

export const stat = defineQuery({
  name: 'stat',
  summary: 'What is at a path',
  arguments: {
    path: t.path().required().aliases('dest', 'name'),
    follow: t.bool().default(false).describe('What a link points to.'),
    get_checksum: t.bool().default(true),
    checksum_algorithm: t.choice(['md5', 'sha1', 'sha256', 'sha512']).default('sha1').aliases('checksum', 'checksum_algo'),
  },
  examples: [
    { title: 'is it there', task: 'stat: {path: /etc/app.conf}' },
    { title: 'its checksum', task: 'stat: {path: /opt/installer.sh, checksum_algorithm: sha256}' },
  ],
  async query(args, read) {
    const path = await expandPath(args.path, read);
    const [state, access, checksum] = await Promise.all([
      read.stat(path, args),
      read.script(accessScript, [path]),
      args.get_checksum ? whereReadable(read.checksum(path, args.checksum_algorithm)) : undefined,
    ]);
    if (state?.unknownFrom !== undefined)
      return { stat: new Unknown(`package ${state.unknownFrom} would be installed, which may bring ${path}`) };
    if (!state) return { stat: { exists: false } };
    const may = (index: number) => access.stdout[index] === 'y';
    return {
      stat: {
        exists: true,
        path,
        ...describe(state),
        readable: may(0),
        writeable: may(1),
        executable: may(2),
        ...(checksum !== undefined && state.type === 'file' && may(0) && { checksum }),
        ...(state.type === 'link' && (await linkOf(path, state, read))),
      },
    };
  },
});

function describe(state: FileState): ValueMap {
  const { mode } = state;
  const bit = (mask: number) => (mode & mask) !== 0;
  return {
    mode: formatMode(mode),
    isdir: state.type === 'directory',
    isreg: state.type === 'file',
    islnk: state.type === 'link',
    isfifo: state.type === 'fifo',
    issock: state.type === 'socket',
    isblk: state.type === 'block',
    ischr: state.type === 'character',
    uid: state.uid,
    gid: state.gid,
    pw_name: state.owner,
    gr_name: state.group,
    size: state.size,
    inode: state.inode,
    dev: state.device,
    nlink: state.nlink,
    atime: state.atime,
    mtime: state.mtime,
    ctime: state.ctime,
    isuid: bit(0o4000),
    isgid: bit(0o2000),
    rusr: bit(0o400),
    wusr: bit(0o200),
    xusr: bit(0o100),
    rgrp: bit(0o040),
    wgrp: bit(0o020),
    xgrp: bit(0o010),
    roth: bit(0o004),
    woth: bit(0o002),
    xoth: bit(0o001),
  };
}

async function linkOf(path: string, state: FileState, read: ReadView): Promise<ValueMap> {
  const real = await read.script('readlink -f -- "$1"', [path]);
  return { lnk_target: state.target ?? '', lnk_source: real.stdout.replace(/\n$/, '') };
}
