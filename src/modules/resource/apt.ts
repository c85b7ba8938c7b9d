import { defineResource } from '../../sdk/module.js';
import { aptArguments } from '../packages/apt-arguments.js';
import { planApt } from '../packages/apt-plan.js';
import { probeApt } from '../packages/apt-probe.js';

/** Never asks: configuration files that were changed are kept, and a lock that another program holds is waited for. */
export const apt = defineResource({
  name: 'apt',
  summary: 'Debian packages: installed, up to date, or gone',
  arguments: aptArguments,
  rules: { exclusive: [['name', 'upgrade']], oneOf: [['name', 'upgrade', 'update_cache', 'cache_valid_time', 'autoremove']] },
  examples: [
    { title: 'packages are there', task: 'apt: {name: [wget, ca-certificates], update_cache: true, cache_valid_time: 3600}' },
    { title: 'the system is up to date', task: 'apt: {upgrade: dist, update_cache: true, lock_timeout: 900}' },
    { title: 'a package is gone, with its configuration', task: 'apt: {name: exim4, state: absent, purge: true, autoremove: true}' },
  ],
  costlyReads: true,
  probe: probeApt,
  plan: planApt,
});
