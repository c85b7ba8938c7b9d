import { compileRegex } from '../../base/compile-regex.js';
import { t } from '../../sdk/arguments.js';
import { defineResource, ModuleFailure, type Plan } from '../../sdk/module.js';
import { editArguments, planEdit, probeEdit } from '../files/edit.js';
import { ensureBlock } from '../files/edit-block.js';

export const blockinfile = defineResource({
  name: 'blockinfile',
  summary: 'A block of lines between two marker lines of a text file',
  arguments: {
    ...editArguments,
    block: t.string().default('').aliases('content').describe('The lines. Empty: the block is removed.'),
    state: t.choice(['present', 'absent']).default('present'),
    marker: t
      .string()
      .identifies()
      .default('# {mark} ANSIBLE MANAGED BLOCK')
      .describe('The marker lines; `{mark}` is `marker_begin` or `marker_end`.'),
    marker_begin: t.string().default('BEGIN'),
    marker_end: t.string().default('END'),
    insertafter: t.string().describe('Where a new block goes: after the last match of this pattern, or `EOF` (default).'),
    insertbefore: t.string().describe('Where a new block goes: before the last match of this pattern, or `BOF`.'),
    append_newline: t.bool().default(false).describe('An empty line after the block.'),
    prepend_newline: t.bool().default(false).describe('An empty line before the block.'),
  },
  rules: { exclusive: [['insertafter', 'insertbefore']] },
  examples: [
    { title: 'a block', task: 'blockinfile: {path: /etc/ssh/sshd_config, block: "Match User deploy\\n  AllowTcpForwarding yes"}' },
    { title: 'a block is gone', task: 'blockinfile: {path: /etc/hosts, marker: "# {mark} app", state: absent}' },
  ],
  probe: probeEdit,
  plan(args, target): Plan {
    const begin = args.marker.replace('{mark}', args.marker_begin);
    const end = args.marker.replace('{mark}', args.marker_end);
    if (begin === end) throw new ModuleFailure(`the two marker lines are the same: ${begin}; marker needs {mark}`);
    const place = args.insertafter ?? args.insertbefore;
    const compiled = place === undefined || place === 'BOF' || place === 'EOF' ? undefined : compileRegex(place);
    const block = args.state === 'absent' ? '' : args.block;
    return planEdit(args, target, (file) => ensureBlock(file, { ...args, begin, end, block, place: compiled }));
  },
});
