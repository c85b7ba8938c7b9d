import { t } from '../../sdk/arguments.js';
import { defineResource, ModuleFailure, type Plan } from '../../sdk/module.js';
import type { GroupState } from '../../sdk/query.js';

/** Stands for a number that the host chooses when it is made. */
const chosenByHost = -1;

export const group = defineResource({
  name: 'group',
  summary: 'Groups of the host',
  arguments: {
    name: t.string().required(),
    state: t.choice(['present', 'absent']).default('present'),
    gid: t.int().describe('Its number. Left out: as it is, or chosen by the host.'),
    system: t.bool().default(false).describe('A new group gets a number of the system range.'),
    non_unique: t.bool().default(false).describe('The number may be that of another group.'),
  },
  examples: [
    { title: 'a group of the system', task: 'group: {name: app, system: true}' },
    { title: 'a group is gone', task: 'group: {name: old, state: absent}' },
  ],
  probe: async (args, read): Promise<GroupState | undefined> => await read.group(args.name),
  plan(args, found): Plan {
    const { name, gid } = args;
    const subject = `group ${name}`;
    if (args.non_unique && gid === undefined) throw new ModuleFailure('non_unique needs gid');
    const unique = args.non_unique ? ['-o'] : [];
    if (args.state === 'absent') {
      if (!found) return { changes: [], operations: [], result: { name, state: 'absent' } };
      return {
        changes: [{ subject, attribute: 'state', before: 'present', after: null }],
        operations: [{ kind: 'run', argv: ['groupdel', '--', name], effects: [{ kind: 'group', name, state: undefined }] }],
        result: { name, state: 'absent' },
      };
    }
    const result = { name, state: 'present', system: args.system, ...(gid !== undefined ? { gid } : found && { gid: found.gid }) };
    if (!found) {
      const state: GroupState = { name, gid: gid ?? chosenByHost, members: [] };
      const options = [...(gid === undefined ? [] : ['-g', String(gid), ...unique]), ...(args.system ? ['-r'] : [])];
      return {
        changes: [{ subject, attribute: 'state', before: null, after: 'present' }],
        operations: [{ kind: 'run', argv: ['groupadd', ...options, '--', name], effects: [{ kind: 'group', name, state }] }],
        result,
      };
    }
    if (gid === undefined || gid === found.gid) return { changes: [], operations: [], result };
    return {
      changes: [{ subject, attribute: 'gid', before: found.gid, after: gid }],
      operations: [
        {
          kind: 'run',
          argv: ['groupmod', '-g', String(gid), ...unique, '--', name],
          effects: [{ kind: 'group', name, state: { ...found, gid } }],
        },
      ],
      result,
    };
  },
});
