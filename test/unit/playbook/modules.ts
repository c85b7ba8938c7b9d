import type { KnownModule } from '../../../src/playbook/context.js';
import { t } from '../../../src/sdk/arguments.js';

const known: readonly KnownModule[] = [
  {
    name: 'file',
    arguments: {
      path: t.path().required().aliases('dest', 'name'),
      state: t.choice(['file', 'directory', 'absent', 'touch']),
      owner: t.string(),
      mode: t.mode(),
    },
  },
  {
    name: 'copy',
    arguments: { src: t.controlFile('files'), content: t.string(), dest: t.path().required(), mode: t.mode() },
    rules: { exclusive: [['src', 'content']], oneOf: [['src', 'content']] },
  },
  { name: 'template', arguments: { src: t.templateFile().required(), dest: t.path().required(), mode: t.mode() } },
  {
    name: 'command',
    arguments: { cmd: t.string(), argv: t.list(t.string()), chdir: t.path(), creates: t.path(), removes: t.path() },
    rules: { oneOf: [['cmd', 'argv']], exclusive: [['cmd', 'argv']] },
    freeForm: 'cmd',
  },
  { name: 'lineinfile', arguments: { path: t.path().required(), regexp: t.regex(), line: t.string() } },
  { name: 'systemd_service', arguments: { name: t.string().required(), state: t.choice(['started', 'restarted']) } },
  { name: 'debug', arguments: { msg: t.any(), var: t.variable() } },
  { name: 'assert', arguments: { that: t.list(t.condition()).required() } },
  { name: 'meta', arguments: { action: t.string().required() }, freeForm: 'action' },
  { name: 'set_fact', arguments: { facts: t.rest(), cacheable: t.bool() } },
  { name: 'include_vars', arguments: { file: t.path(), dir: t.path(), name: t.string() }, freeForm: 'file' },
];

export const modules: ReadonlyMap<string, KnownModule> = new Map(known.map((each) => [each.name, each]));
