import { fileURLToPath } from 'node:url';
import { Diagnostics } from '../../../src/base/errors.js';
import type { SourceValue } from '../../../src/base/template-text.js';
import type { Value } from '../../../src/base/value.js';
import { modules } from '../../../src/modules/registry.js';
import type { PlaybookContext } from '../../../src/playbook/context.js';
import { diskFiles } from '../../../src/playbook/files.js';
import { loadPlaybook } from '../../../src/playbook/load-playbook.js';
import { allItems } from '../../../src/playbook/playbook-items.js';
import { chainOf, effectiveKeywords, type Task } from '../../../src/playbook/tree.js';
import { compileCondition } from '../../../src/vars/condition.js';
import { isOmit } from '../../../src/vars/omit.js';
import { Scope } from '../../../src/vars/scope.js';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

export function context(cwd: string): PlaybookContext {
  return { cwd, files: diskFiles(cwd), modules, rolesPaths: [`${root}/roles`], packageDirectory: root, collect: new Diagnostics() };
}

const items = allItems(loadPlaybook('playbooks/install.yaml', context(root)));

/** A task of install.yaml by its role, file and name. */
export function shippedTask(place: string, name: string): Task {
  const found = items.find(
    (item): item is Task => item.kind === 'task' && String(item.name) === name && item.position.source.path.endsWith(`roles/${place}.yaml`),
  );
  if (!found) throw new Error(`roles/${place}.yaml has no task "${name}"`);
  return found;
}

/** Of a customer who has set what must be set, seen on the Chats server. */
export const customer: Readonly<Record<string, Value>> = {
  chat_domain: 'chats.corp.example.ru',
  meetings_domain: 'meet.corp.example.ru',
  chat_certificate_file: 'files/chats.crt',
  chat_certificate_key_file: '/keys/chats.key',
  chat_license_file: '~/license.lic',
};

const magic: Readonly<Record<string, Value>> = {
  inventory_hostname: 'chat1',
  inventory_dir: '/customers/one',
  inventory_file: '/customers/one/inventory.yaml',
  groups: { all: ['meet1', 'chat1'], chats: ['chat1'], meetings: ['meet1'] },
  ansible_check_mode: false,
  ansible_play_hosts: ['chat1', 'meet1'],
};

/** What a task sees of its roles' variables, with these registered, given or magic besides. */
export function scopeOf(task: Task, given: Readonly<Record<string, Value>>): Scope {
  const keywords = effectiveKeywords(task);
  const roles = keywords.roles.flatMap((role) => [...role.dependencies, role]);
  return Scope.of(
    [
      ...roles.map(({ defaults }) => ({ level: 'role-defaults' as const, values: defaults })),
      { level: 'inventory-host-vars', values: customer },
      ...roles.map(({ vars }) => ({ level: 'role-vars' as const, values: vars })),
      ...keywords.blockVars.map((values) => ({ level: 'block-vars' as const, values })),
      { level: 'task-vars', values: keywords.taskVars },
      ...keywords.parameters.map((values) => ({ level: 'parameters' as const, values })),
      { level: 'extra-vars', values: given },
      { level: 'magic', values: { ...magic, ...Object.fromEntries(Object.entries(given).filter(([name]) => name in magic)) } },
    ],
    { env: { HOME: '/home/admin' } },
  );
}

interface Judged {
  readonly status: 'met' | 'unmet' | 'skipped';
  readonly severity: Value;
  readonly found: Value;
  readonly remedy: Value;
  readonly mendedBy: Value | undefined;
}

/** A finding as it would be recorded; `skipped` where a `when` does not hold. */
export function finding(place: string, name: string, given: Readonly<Record<string, Value>>): Judged {
  const task = shippedTask(place, name);
  if (task.module !== 'finding') throw new Error(`"${name}" is no finding`);
  const scope = scopeOf(task, given);
  const own = chainOf(task).flatMap((level) => (level === task || level.parent === undefined ? (level.keywords.when ?? []) : []));
  const runs = own.every(({ text, position }) => compileCondition(text, position).evaluate(scope) === true);
  if (!runs) return { status: 'skipped', severity: '', found: '', remedy: '', mendedBy: undefined };
  const met = task.expressions.every(({ text, position }) => compileCondition(text, position).evaluate(scope) === true);
  const render = (argument: string): Value => scope.render((task.args[argument] ?? '') as SourceValue);
  // Each argument renders, or the finding would fail instead of telling what is wrong.
  for (const argument of Object.keys(task.args)) if (argument !== 'that') render(argument);
  const mendedBy = render('mended_by');
  return {
    status: met ? 'met' : 'unmet',
    severity: render('severity'),
    found: render('found'),
    remedy: render('remedy'),
    mendedBy: isOmit(mendedBy) ? undefined : mendedBy,
  };
}
