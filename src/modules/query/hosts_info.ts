import { t } from '../../sdk/arguments.js';
import { defineQuery } from '../../sdk/module.js';
import { expandPath } from '../files/expand-path.js';
import { TextFile } from '../files/text.js';
import { comparable, entryOf, isLoopback, sameAddress } from '../network/hosts-file.js';

/** DNS-3, DNS-4: the file as hosts_entry reads it. A file that is not there has no entries. */
export const hostsInfo = defineQuery({
  name: 'hosts_info',
  summary: 'What /etc/hosts says of names: the lines that have them, with their addresses',
  arguments: {
    path: t.path().default('/etc/hosts').describe('The file.'),
    names: t.list(t.string()).required().aliases('name').describe('The names; a line may have them in Unicode or in punycode.'),
    address: t.string().describe('An address that those of the lines are compared with, as addresses and not as text.'),
  },
  examples: [{ title: 'where two names point to', task: 'hosts_info: {names: [app.example.org, api.example.org], address: 10.0.0.5}' }],
  async query(args, read) {
    const { address } = args;
    const path = await expandPath(args.path, read);
    const content = await read.readFile(path);
    const entries = TextFile.of(content ?? Buffer.alloc(0)).lines.flatMap(({ text }) => {
      const entry = entryOf(text);
      const said = new Set(entry?.names.map(comparable));
      const names = args.names.filter((each) => said.has(comparable(each)));
      if (!entry || names.length === 0) return [];
      return [
        {
          line: text.trim(),
          address: entry.address,
          names,
          loopback: isLoopback(entry.address),
          same: address !== undefined && sameAddress(entry.address, address),
        },
      ];
    });
    return { path, entries };
  },
});
