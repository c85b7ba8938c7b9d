import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../src/base/errors.js';
import { formatPosition } from '../../../src/base/position.js';
import { loadInventory } from '../../../src/inventory/load.js';
import { diskFiles } from '../../../src/playbook/files.js';
import { lintPlaybook } from '../../../src/playbook/lint.js';
import { loadPlaybook } from '../../../src/playbook/load-playbook.js';
import { context, root } from './shipped.js';

const inventory = loadInventory(['inventory.example.yaml'], { cwd: root });

/** Every error and warning of a playbook, as an operator would see it. */
function foundIn(playbook: string, cwd: string): string[] {
  const given = context(cwd);
  const loaded = loadPlaybook(playbook, given);
  return [...given.collect.all, ...lintPlaybook(loaded, given, { inventory })].map(shown);
}

function shown({ severity, code, position, params, nearest }: Diagnostic): string {
  return [
    severity,
    code,
    position ? formatPosition(position) : '-',
    JSON.stringify(params),
    ...(nearest === undefined ? [] : [nearest]),
  ].join(' ');
}

const playbooks = readdirSync(join(root, 'playbooks')).filter((each) => each.endsWith('.yaml'));
const roles = readdirSync(join(root, 'roles'));

describe('shipped playbooks', () => {
  it.each(playbooks)('%s loads and lints with the example inventory', (name) => {
    expect(foundIn(join(root, 'playbooks', name), root)).toEqual([]);
  });

  it('every play of install.yaml ends the run for all when one host fails', () => {
    const given = context(root);
    const { plays } = loadPlaybook('playbooks/install.yaml', given);
    expect(plays.map((play) => [play.name, play.keywords.anyErrorsFatal])).toEqual(plays.map((play) => [play.name, true]));
  });
});

describe('shipped roles', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'roles-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** By its main entry, or by each file of tasks that has an argument spec of its own. */
  function entryPoints(role: string): (string | undefined)[] {
    const files = diskFiles(root)
      .list(join(root, 'roles', role, 'tasks'))
      .map((each) => each.replace(/\.yaml$/, ''));
    const specs = diskFiles(root).read(join(root, 'roles', role, 'meta', 'argument_specs.yaml')).text;
    return files.filter((each) => new RegExp(`^ {2}${each}:$`, 'm').test(specs));
  }

  it.each(roles)('%s loads and lints by each of its entry points', (role) => {
    const entries = entryPoints(role);
    const tasks = entries.map((entry) => `    - name: ${entry}\n      import_role: { name: ${role}, tasks_from: ${entry} }\n`).join('');
    writeFileSync(join(folder, `${role}.yaml`), `- hosts: chats\n  ${tasks === '' ? `roles: [${role}]\n` : `tasks:\n${tasks}`}`);
    expect(foundIn(`${role}.yaml`, folder)).toEqual([]);
  });
});
