import { describe, expect, it } from 'vitest';
import { play } from './run-play.js';

const books = `- hosts: a
  tags: [never, db]
  roles: [needs]
  tasks: [{name: db, debug: {msg: x}}]
- hosts: b
  tags: web
  vars_files: ['no-such-{{ inventory_hostname }}.yaml']
  tasks: [{name: web, debug: {msg: x}}]
- hosts: c
  gather_facts: false
  tasks: [{name: plain, debug: {msg: x}}]
`;
const files = {
  'roles/needs/meta/argument_specs.yaml': 'argument_specs: {main: {options: {p: {required: true}}}}\n',
  'roles/needs/tasks/main.yaml': '[]\n',
};
const down = ['a'];

describe('a play that the tags leave out', () => {
  it('contacts nothing and decides nothing', async () => {
    const run = await play(books, { files, down, skipTags: ['web'] });
    expect(run.connections).toEqual([]);
    expect(run.results).toEqual(['c plain ok']);
    expect(run.exit).toBe(0);
  });

  it('is played where they choose it', async () => {
    const run = await play(books, { files, down, tags: ['db'], limit: 'a' });
    expect(run.connections).toEqual(['a local']);
    expect(run.exit).toBe(3);
  });

  it('gathers facts where the play has no tags, as in Ansible', async () => {
    const run = await play('- hosts: a\n  tasks: [{name: t, debug: {msg: x}, tags: x}]\n', { tags: ['y'] });
    expect(run.connections).toEqual(['a local']);
    const skipped = await play('- hosts: a\n  tasks: [{name: t, debug: {msg: x}, tags: x}]\n', { tags: ['x'], skipTags: ['always'] });
    expect([skipped.connections, skipped.results]).toEqual([[], ['a t ok']]);
  });
});
