import { t } from '../../sdk/arguments.js';
import { ModuleFailure } from '../../sdk/module.js';
import type { Attributes, Change } from '../../sdk/operation.js';
import type { FileState, ReadView } from '../../sdk/query.js';
import { formatMode, resolveMode } from './mode.js';

/** Every module that leaves a file behind takes these. */
export const attributeArguments = {
  mode: t
    .mode()
    .describe(
      'Permission bits: octal as a text (`"0644"`) or symbolic (`u=rw,g=r`). Left out: kept; a new file gets 0644, a directory 0755.',
    ),
  owner: t.string().describe('User that owns it, by name or number. Left out: kept.'),
  group: t.string().describe('Group that owns it, by name or number. Left out: kept.'),
};

export interface Wanted {
  readonly mode: number | string | undefined;
  readonly owner: string | undefined;
  readonly group: string | undefined;
}

/** Numbers of the wanted owner and group; undefined: not asked for. `missing`: no such name on the host. */
export interface Owners {
  readonly uid: number | 'missing' | undefined;
  readonly gid: number | 'missing' | undefined;
}

export async function probeOwners({ owner, group }: Pick<Wanted, 'owner' | 'group'>, read: ReadView): Promise<Owners> {
  const id = async (name: string | undefined, look: (name: string) => Promise<number | undefined>) => {
    if (name === undefined) return undefined;
    return /^\d+$/.test(name) ? Number(name) : ((await look(name)) ?? 'missing');
  };
  const [uid, gid] = await Promise.all([
    id(owner, async (name) => (await read.user(name))?.uid),
    id(group, async (name) => (await read.group(name))?.gid),
  ]);
  return { uid, gid };
}

export interface AttributePlan {
  readonly changes: readonly Change[];
  /** All that was asked for, as an operation takes it. */
  readonly attributes: Attributes;
}

/** What has to change on a path that has `state` now; undefined: it will be new. Fails for an owner or group that the host does not know. */
export function planAttributes(
  subject: string,
  state: FileState | undefined,
  wanted: Wanted,
  owners: Owners,
  isDirectory = state?.type === 'directory',
): AttributePlan {
  if (owners.uid === 'missing') throw new ModuleFailure(`${subject}: there is no user "${wanted.owner}" on the host`);
  if (owners.gid === 'missing') throw new ModuleFailure(`${subject}: there is no group "${wanted.group}" on the host`);
  const fresh = isDirectory ? 0o755 : 0o644;
  const mode =
    wanted.mode === undefined || wanted.mode === 'preserve' ? undefined : resolveMode(wanted.mode, state?.mode ?? fresh, isDirectory);
  const changes: Change[] = [];
  if (owners.uid !== undefined && owners.uid !== state?.uid) {
    changes.push({ subject, attribute: 'owner', before: state?.owner ?? null, after: wanted.owner ?? null });
  }
  if (owners.gid !== undefined && owners.gid !== state?.gid) {
    changes.push({ subject, attribute: 'group', before: state?.group ?? null, after: wanted.group ?? null });
  }
  if (mode !== undefined && mode !== state?.mode) {
    changes.push({ subject, attribute: 'mode', before: state ? formatMode(state.mode) : null, after: formatMode(mode) });
  }
  const attributes: Attributes = {
    ...(mode !== undefined && { mode }),
    ...(wanted.owner !== undefined && { owner: wanted.owner }),
    ...(wanted.group !== undefined && { group: wanted.group }),
  };
  return { changes, attributes };
}

/** The attributes that a result shows for what is there afterwards. */
export function resultAttributes(
  state: FileState | undefined,
  { attributes }: AttributePlan,
  owners: Owners,
  isDirectory = state?.type === 'directory',
) {
  const owner = attributes.owner ?? state?.owner;
  const group = attributes.group ?? state?.group;
  const uid = typeof owners.uid === 'number' ? owners.uid : state?.uid;
  const gid = typeof owners.gid === 'number' ? owners.gid : state?.gid;
  return {
    mode: formatMode(attributes.mode ?? state?.mode ?? (isDirectory ? 0o755 : 0o644)),
    ...(owner !== undefined && { owner }),
    ...(group !== undefined && { group }),
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
  };
}
