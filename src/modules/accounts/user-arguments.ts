import { type ArgumentsOf, t } from '../../sdk/arguments.js';

export const userArguments = {
  name: t.string().required().aliases('user'),
  state: t.choice(['present', 'absent']).default('present'),
  uid: t.int(),
  non_unique: t.bool().default(false).describe('The number may be that of another user.'),
  group: t.string().describe('The primary group. Left out for a new user: one of its own name.'),
  groups: t.list(t.string()).describe('The supplementary groups, and no others; an empty list removes all.'),
  append: t.bool().default(false).describe('`groups` are added to those that the user has.'),
  comment: t.string(),
  home: t.path().describe('The home directory.'),
  create_home: t
    .bool()
    .default(true)
    .aliases('createhome')
    .describe('Makes the home directory, also of a user that is there and has none.'),
  move_home: t.bool().default(false).describe('When `home` changes, what is in the old one moves.'),
  skeleton: t.path().default('/etc/skel').describe('What a new home directory begins with.'),
  shell: t.path(),
  system: t.bool().default(false).describe('A new user gets a number of the system range.'),
  password: t.string().secret().describe('The hash, as in /etc/shadow (`password_hash`).'),
  update_password: t.choice(['always', 'on_create']).default('always').describe('`on_create`: a user that is there keeps its password.'),
  password_lock: t.bool().describe('Locks the password, or unlocks it.'),
  expires: t.number().describe('When the account ends: seconds since 1970-01-01, of which the day counts (UTC). Negative: never.'),
  password_expire_max: t.int().describe('Days for which a password may be kept.'),
  password_expire_min: t.int().describe('Days before a password may be changed again.'),
  remove: t.bool().default(false).describe('`absent` takes the home directory too.'),
  force: t.bool().default(false).describe('`absent` even while the user is logged in.'),
};

export type UserArguments = ArgumentsOf<typeof userArguments>;
