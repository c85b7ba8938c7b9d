import { compileRegex } from '../../base/compile-regex.js';
import { t } from '../../sdk/arguments.js';
import { defineResource, ModuleFailure, type Plan } from '../../sdk/module.js';
import { editArguments, planEdit, probeEdit } from '../files/edit.js';
import { ensureLine, removeLines } from '../files/edit-line.js';

export const lineinfile = defineResource({
  name: 'lineinfile',
  summary: 'One line of a text file: there, replaced, or gone',
  arguments: {
    ...editArguments,
    line: t.string().aliases('value').describe('The line. With `backrefs`, `\\1` and `\\g<name>` stand for the groups of `regexp`.'),
    regexp: t
      .regex()
      .identifies()
      .aliases('regex')
      .describe('The line that is replaced (the last match); with `absent`, all that are removed. RE2, matched within the line.'),
    search_string: t.string().identifies().describe('Like `regexp`, but a plain text that the line contains.'),
    state: t.choice(['present', 'absent']).default('present'),
    backrefs: t.bool().default(false).describe('Groups of `regexp` in `line`; without a match nothing is done.'),
    insertafter: t.string().describe('Where a new line goes: after the last match of this pattern, `EOF` (default) or `BOF`.'),
    insertbefore: t.string().describe('Where a new line goes: before the last match of this pattern, or `BOF`.'),
    firstmatch: t.bool().default(false).describe('The first match counts, not the last.'),
  },
  rules: {
    exclusive: [
      ['regexp', 'search_string'],
      ['insertafter', 'insertbefore'],
      ['backrefs', 'search_string'],
    ],
  },
  examples: [
    {
      title: 'a setting',
      task: "lineinfile: {path: /etc/ssh/sshd_config, regexp: '^#?PasswordAuthentication ', line: PasswordAuthentication no}",
    },
    { title: 'a line is gone', task: "lineinfile: {path: /etc/hosts, regexp: '^127\\.0\\.1\\.1 ', state: absent}" },
    {
      title: 'after another one',
      task: "lineinfile: {path: /etc/app.conf, insertafter: '^\\[main\\]', line: debug = false, create: true}",
    },
  ],
  probe: probeEdit,
  plan(args, target): Plan {
    const { line } = args;
    if (args.state === 'absent') {
      if (line === undefined && !args.regexp && args.search_string === undefined)
        throw new ModuleFailure('lineinfile needs line, regexp or search_string');
      return planEdit(args, target, (file) => (target.state ? removeLines(file, { ...args, line }) : undefined));
    }
    if (line === undefined) throw new ModuleFailure('state: present needs line');
    if (args.backrefs && !args.regexp) throw new ModuleFailure('backrefs needs regexp');
    const place = args.insertafter ?? args.insertbefore;
    const compiled = place === undefined || place === 'BOF' || place === 'EOF' ? undefined : compileRegex(place);
    return planEdit(args, target, (file) => ensureLine(file, { ...args, line, place: compiled }));
  },
});
