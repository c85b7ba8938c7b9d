import type { Value } from '../../base/value.js';
import { t } from '../../sdk/arguments.js';
import { defineQuery, ModuleFailure } from '../../sdk/module.js';

const columns: ReadonlySet<string> = new Set(['passwd', 'shadow', 'group', 'gshadow']);
const reasons: Readonly<Record<number, string>> = { 1: 'the database is unknown', 3: 'the database cannot be listed as a whole' };

export const getent = defineQuery({
  name: 'getent',
  summary: "Entries of the host's databases: passwd, group, hosts, …",
  arguments: {
    database: t.string().required(),
    key: t.string().describe('The entry. Left out: all.'),
    service: t.string().describe('The source, as in nsswitch.conf (`files`, `dns`).'),
    split: t.string().describe('What parts fields. Left out: `:` for passwd and the like, blanks elsewhere.'),
    fail_key: t.bool().default(true).describe('False: an entry that is not there is null, not a failure.'),
  },
  examples: [{ title: 'a user', task: 'getent: {database: passwd, key: root}' }],
  async query(args, read) {
    const { database, key } = args;
    const argv = [...(args.service === undefined ? [] : ['-s', args.service]), '--', database, ...(key === undefined ? [] : [key])];
    const { rc, stdout } = await read.script('getent "$@"', argv);
    const fact = `getent_${database}`;
    if (rc === 2 && key !== undefined) {
      if (args.fail_key) throw new ModuleFailure(`${database} has no entry "${key}"`);
      return { ansible_facts: { [fact]: { [key]: null } } };
    }
    if (rc !== 0) throw new ModuleFailure(`getent ${database}: ${reasons[rc] ?? `exit status ${rc}`}`);
    const split = args.split ?? (columns.has(database) ? ':' : undefined);
    const entries: Record<string, Value> = {};
    for (const line of stdout.split('\n')) {
      if (line === '') continue;
      const [name = '', ...fields] = split === undefined ? line.trim().split(/\s+/) : line.split(split);
      // A name may have several lines, one for each address.
      entries[name] = name in entries ? [...(entries[name] as readonly Value[]), ...fields] : fields;
    }
    return { ansible_facts: { [fact]: entries } };
  },
});
