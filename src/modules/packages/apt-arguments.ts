import { type ArgumentsOf, t } from '../../sdk/arguments.js';

export const aptArguments = {
  name: t
    .list(t.string())
    .identifies()
    .aliases('package', 'pkg')
    .describe('Packages, each also as `name=version` (the version may end with `*`).'),
  state: t.choice(['present', 'latest', 'absent']).default('present'),
  upgrade: t
    .choice(['yes', 'no', 'safe', 'full', 'dist'])
    .default('no')
    .describe('Brings all packages up to date. `yes` and `safe` remove nothing, `dist` and `full` may.'),
  update_cache: t
    .bool()
    .default(false)
    .aliases('update-cache')
    .describe('Refreshes the package lists first, where they are needed and older than `cache_valid_time`.'),
  cache_valid_time: t
    .int()
    .describe(
      'Seconds for which package lists count as fresh; implies `update_cache`. Left out: 300, and 0 where nothing but refreshing is asked for.',
    ),
  purge: t.bool().default(false).describe('`absent` takes configuration files too.'),
  autoremove: t.bool().default(false).describe('Removes packages that only came as dependencies and are not needed any more.'),
  install_recommends: t
    .bool()
    .aliases('install-recommends')
    .describe("Recommended packages too. Left out: as the host's apt is configured."),
  default_release: t.string().aliases('default-release').describe('The release that packages are taken from.'),
  only_upgrade: t.bool().default(false).describe('Packages that are not installed stay so.'),
  allow_downgrade: t.bool().default(false).aliases('allow-downgrade', 'allow_downgrades', 'allow-downgrades'),
  allow_change_held_packages: t.bool().default(false),
  dpkg_options: t
    .list(t.string())
    .default(['force-confdef', 'force-confold'])
    .describe('What dpkg does with configuration files that were changed: keep them.'),
  lock_timeout: t.int().default(60).describe('Seconds to wait for another program that holds a lock of apt or dpkg.'),
};

export type AptArguments = ArgumentsOf<typeof aptArguments>;
