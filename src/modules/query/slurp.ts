import { t } from '../../sdk/arguments.js';
import { defineQuery, ModuleFailure } from '../../sdk/module.js';
import { expandPath } from '../files/expand-path.js';

export const slurp = defineQuery({
  name: 'slurp',
  summary: 'The content of a file of the host, in base64',
  arguments: { src: t.path().required().aliases('path') },
  examples: [{ title: 'a key', task: 'slurp: {src: /etc/ssh/ssh_host_ed25519_key.pub}' }],
  async query(args, read) {
    const source = await expandPath(args.src, read);
    const content = await read.readFile(source);
    if (!content) throw new ModuleFailure(`${source} is not there`);
    return { content: content.toString('base64'), source, encoding: 'base64' };
  },
});
