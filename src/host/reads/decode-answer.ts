import { failure } from '../../base/errors.js';
import { systemReason } from '../../base/system-reason.js';
import type { Answers, DirectoryEntry, FileState, FileType, PackageState, Query, UserState } from '../../sdk/query.js';
import type { Answer } from '../port.js';
import { unpack } from '../session/pack.js';

/** The answer to `query` as perl/queries.ts packs it. */
export function decodeAnswer(query: Query, packed: Buffer): Answer {
  const [status, ...fields] = unpack(packed);
  const texts = fields.map((field) => field.toString());
  switch (status?.toString()) {
    case 'u':
      return { value: undefined };
    case 'v':
      return { value: decodeValue(query, fields, texts) };
    default: {
      const [path = '', errno = '', reason = ''] = texts;
      return { error: failure('host/read-failed', { path, reason: systemReason(errno, reason) }) };
    }
  }
}

function decodeValue(query: Query, fields: readonly Buffer[], texts: readonly string[]): Answers[keyof Answers] {
  const text = (at: number) => texts[at] ?? '';
  switch (query.kind) {
    case 'stat':
      return fileState(texts);
    case 'read':
      // A copy: the field is a window of a whole frame.
      return Buffer.from(fields[0] ?? '');
    case 'checksum':
      return text(0);
    case 'list':
      return fields.map((entry): DirectoryEntry => {
        const [path = '', ...state] = unpack(entry).map((field) => field.toString());
        return { path, state: fileState(state) };
      });
    case 'user': {
      const hash = text(7);
      return {
        name: text(0),
        uid: Number(text(1)),
        gid: Number(text(2)),
        gecos: text(3),
        home: text(4),
        shell: text(5),
        groups: unpack(fields[6] ?? Buffer.alloc(4)).map((field) => field.toString()),
        ...(hash && { passwordHash: hash.slice(1) }),
        homeExists: text(8) === '1',
        ...ageing(text(9)),
      };
    }
    case 'group':
      return { name: text(0), gid: Number(text(1)), members: texts.slice(2) };
    case 'package':
      return {
        name: text(0),
        status: text(1) as PackageState['status'],
        ...(text(2) && { version: text(2) }),
        held: text(3) === '1',
        ...(text(4) && { candidate: text(4) }),
        providedBy: texts.slice(5),
      };
    case 'unit':
      return { name: text(0), loadState: text(1), activeState: text(2), subState: text(3), unitFileState: text(4) };
    case 'script':
      return { rc: Number(text(0)), stdout: text(1), stderr: text(2) };
  }
}

/** `min:max:expires` of /etc/shadow, each empty or days. */
function ageing(fields: string): Partial<Pick<UserState, 'passwordMin' | 'passwordMax' | 'expires'>> {
  const [passwordMin, passwordMax, expires] = fields.split(':').map((each) => (each === '' ? undefined : Number(each)));
  return {
    ...(passwordMin !== undefined && { passwordMin }),
    ...(passwordMax !== undefined && { passwordMax }),
    ...(expires !== undefined && { expires }),
  };
}

function fileState(texts: readonly string[]): FileState {
  const [type, mode, uid, gid, owner, group, size, atime, mtime, ctime, inode, device, nlink, target, mountPoint] = texts;
  return {
    type: type as FileType,
    mode: Number(mode),
    uid: Number(uid),
    gid: Number(gid),
    owner: owner ?? '',
    group: group ?? '',
    size: Number(size),
    atime: Number(atime),
    mtime: Number(mtime),
    ctime: Number(ctime),
    inode: Number(inode),
    device: Number(device),
    nlink: Number(nlink),
    ...(type === 'link' && { target: target ?? '' }),
    ...(mountPoint === '1' && { mountPoint: true }),
  };
}
