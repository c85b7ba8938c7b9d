import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { play } from './run-play.js';

const inventory = `all:
  hosts:
    a: {ansible_host: 10.0.0.1, ansible_user: admin}
    b: {ansible_host: 10.0.0.2}
`;
const head = (host: string) => `- hosts: ${host}\n  gather_facts: false\n`;
const task = "{name: t, command: 'true'}";

describe('the connection of a task', () => {
  it('is the one that its play says, whatever an earlier play used', async () => {
    const run = await play(
      `${head('b')}  connection: local\n  tasks: [${task}]\n${head('b')}  connection: ssh\n  remote_user: deploy\n  tasks: [${task}]
${head('b')}  connection: ssh\n  remote_user: root\n  tasks: [${task}, ${task}]\n`,
      { inventory },
    );
    expect(run.connections).toEqual(['b local', 'b deploy@10.0.0.2:22', 'b root@10.0.0.2:22']);
    expect(run.exit).toBe(0);
  });

  it('is another one where a task names another port, also for a delegate, and the old one afterwards', async () => {
    const run = await play(
      `${head('a')}  tasks:
    - ${task}
    - {name: p, command: 'true', vars: {ansible_port: 2}}
    - ${task}
    - {name: d, command: 'true', delegate_to: b, vars: {ansible_port: '{{ item }}'}, loop: [3, 4], remote_user: ops}
`,
      { inventory },
    );
    expect(run.connections).toEqual(['a admin@10.0.0.1:22', 'a admin@10.0.0.1:2', 'b ops@10.0.0.2:3', 'b ops@10.0.0.2:4']);
    expect(run.exit).toBe(0);
  });

  it('is made anew after reset_connection', async () => {
    const run = await play(`${head('a')}  tasks: [${task}, {meta: reset_connection}, ${task}, ${task}]\n`, { inventory });
    expect(run.connections).toEqual(['a admin@10.0.0.1:22', 'a admin@10.0.0.1:22']);
  });
});

describe('check mode', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chatsctl-engine-'));
  const copy = (name: string, content: string, more = '') =>
    `{name: ${name}, copy: {dest: ${folder}/${name.slice(0, 1)}, content: ${content}, mode: '0644'}${more}}`;

  it('sees over one connection what was planned over another, but not what was planned for another machine', async () => {
    const run = await play(
      `${head('a')}  remote_user: one\n  tasks: [${copy('p1', 'A')}]
${head('a')}  tasks: [${copy('p2', 'A')}]
${head('a')}  connection: local\n  tasks: [${copy('p3', 'A')}]\n`,
      { inventory: inventory.replace(', ansible_user: admin', ''), check: true },
    );
    expect(run.results).toEqual(['a p1 changed', 'a p2 ok', 'a p3 changed']);
  });

  it('of a task in a real run looks at the host as it is', async () => {
    const dry = ', check_mode: true';
    const run = await play(
      `${head('b')}  tasks: [${copy('r1', 'A')}, ${copy('r2', 'B', dry)}, ${copy('r3', 'C')}, ${copy('r4', 'B', dry)}, ${copy('r5', 'C', dry)}]\n`,
      { inventory },
    );
    expect(run.results).toEqual(['b r1 changed', 'b r2 changed', 'b r3 changed', 'b r4 changed', 'b r5 ok']);
    expect(readFileSync(join(folder, 'r'), 'utf8')).toBe('C');
  });

  it('of a run sees after a task without it what that did', async () => {
    const run = await play(
      `${head('b')}  tasks: [${copy('s1', 'A')}, ${copy('s2', 'B', ', check_mode: false')}, ${copy('s3', 'B')}, ${copy('s4', 'A')}]\n`,
      { inventory, check: true },
    );
    expect(run.results).toEqual(['b s1 changed', 'b s2 changed', 'b s3 ok', 'b s4 changed']);
    expect(readFileSync(join(folder, 's'), 'utf8')).toBe('B');
  });
});
