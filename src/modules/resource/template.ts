import { posix } from 'node:path';
import { t } from '../../sdk/arguments.js';
import { defineResource, ModuleFailure, type Plan } from '../../sdk/module.js';
import { attributeArguments } from '../files/attributes.js';
import { expandPath } from '../files/expand-path.js';
import { existing, probeTarget, type Target } from '../files/target.js';
import { planWrite, safetyArguments } from '../files/write-plan.js';

const lineEnds = { '\\n': '\n', '\\r\\n': '\r\n', '\\r': '\r', '\n': '\n', '\r\n': '\r\n', '\r': '\r' } as const;

export const template = defineResource({
  name: 'template',
  summary: 'Writes a file from a Handlebars template on the control machine',
  arguments: {
    src: t.templateFile().required().describe('The template, in `templates/`.'),
    dest: t
      .path()
      .required()
      .describe('Where it goes. Ending with `/`, or a directory: into it, under the name of the template without `.hbs`.'),
    ...attributeArguments,
    force: t.bool().default(true).describe('False: what is there already is left alone altogether.'),
    follow: t.bool().default(false).describe('A destination that is a link: its target is written. False: the link is replaced.'),
    newline_sequence: t.choice(['\\n', '\\r\\n', '\\r', '\n', '\r\n', '\r']).default('\\n').describe('How lines end.'),
    ...safetyArguments,
  },
  examples: [
    { title: 'a configuration', task: 'template: {src: app.conf.hbs, dest: /etc/app/app.conf, owner: root, group: root, mode: "0640"}' },
    {
      title: 'checked before it takes its place',
      task: 'template: {src: site.conf.hbs, dest: /etc/nginx/conf.d/site.conf, mode: "0644", validate: nginx -t -c %s}',
    },
  ],
  async probe(args, read): Promise<{ target: Target; makeParents: boolean; kept: boolean }> {
    const name = posix.basename(args.src.path).replace(/\.hbs$/, '');
    const dest = await expandPath(args.dest, read);
    const into = posix.join(dest, name);
    if (dest.endsWith('/')) return settled(await probeTarget(into, args, read, args), true, args.force);
    const [target, at] = await Promise.all([probeTarget(dest, args, read, args), read.stat(dest, { follow: true })]);
    return settled(existing(at)?.type === 'directory' ? await probeTarget(into, args, read, args) : target, false, args.force);
  },
  plan(args, { target, makeParents, kept }): Plan {
    const result = { dest: target.path, src: args.src.path };
    if (kept) return { changes: [], operations: [], result };
    if (args.mode === 'preserve') throw new ModuleFailure('mode: preserve is for copy: a template is not the file that is written');
    const text = args.src.content.replace(/\r\n|\r|\n/g, lineEnds[args.newline_sequence]);
    const plan = planWrite(target, Buffer.from(text), args, { ...args, makeParents });
    return { ...plan, result: { ...plan.result, ...result } };
  },
});

function settled(target: Target, makeParents: boolean, force: boolean) {
  return { target, makeParents, kept: target.state !== undefined && !force };
}
