import { defineResource } from '../../sdk/module.js';
import type { GroupState } from '../../sdk/query.js';
import { userArguments } from '../accounts/user-arguments.js';
import { type AccountState, planUser } from '../accounts/user-plan.js';

export const user = defineResource({
  name: 'user',
  summary: 'Users of the host',
  arguments: userArguments,
  examples: [
    {
      title: 'a user of the system',
      task: 'user: {name: app, system: true, shell: /usr/sbin/nologin, home: /nonexistent, create_home: false}',
    },
    { title: 'a further group', task: 'user: {name: deploy, groups: [docker], append: true}' },
    { title: 'a user is gone, with its home', task: 'user: {name: old, state: absent, remove: true}' },
  ],
  async probe(args, read): Promise<AccountState> {
    const names = [...new Set([...(args.group === undefined ? [] : [args.group]), ...(args.groups ?? [])])];
    const [user, ownGroup, groups] = await Promise.all([
      read.user(args.name),
      read.group(args.name),
      Promise.all(names.map((each) => read.group(each))),
    ]);
    const byName = new Map(names.map((each, index): [string, GroupState | undefined] => [each, groups[index]]));
    return { user, ownGroup, primary: byName.get(args.group ?? ''), missing: names.filter((each) => !byName.get(each)) };
  },
  plan: planUser,
});
