import { MASK } from '../base/secret.js';
import { type SourceValue, TemplateText } from '../base/template-text.js';
import type { GraphNode, Inventory } from '../inventory/inventory.js';
import { loadInventory } from '../inventory/load.js';
import type { SecretVariables } from '../playbook/secret-variables.js';
import { demandInventory } from './customer-directory.js';
import { exitStatus } from './exit.js';
import { maskGiven } from './mask-given.js';
import type { InventoryFlags } from './play-options.js';
import { printDiagnostic } from './report-error.js';
import type { Session } from './session.js';

export interface ListFlags extends InventoryFlags {
  list?: boolean;
  host?: string;
}

/** `--list` and `--host` as ansible-inventory prints them (templates as written, secrets masked), else the tree. */
export async function printInventory(flags: ListFlags, session: Session): Promise<number> {
  const { terminal, cwd } = session;
  demandInventory(flags.inventory, 'inventory');
  const inventory = loadInventory(flags.inventory, { cwd });
  for (const each of inventory.warnings) printDiagnostic(each, session);
  const secrets = maskGiven({ inventory }, session);
  const { host, list } = flags;
  if (host !== undefined) terminal.stdout.line(json(variablesOf(inventory, host, secrets)));
  else if (list) terminal.stdout.line(json(listed(inventory, secrets)));
  else terminal.stdout.line(graphLines(inventory.graph()).join('\n'));
  return exitStatus.done;
}

function graphLines(node: GraphNode, depth = 0): string[] {
  const prefix = '  |'.repeat(depth);
  const below = '  |'.repeat(depth + 1);
  return [
    depth === 0 ? `@${node.name}:` : `${prefix}--@${node.name}:`,
    ...node.children.flatMap((child) => graphLines(child, depth + 1)),
    ...node.hosts.map((host) => `${below}--${host}`),
  ];
}

interface ListedGroup {
  readonly hosts?: readonly string[];
  readonly children?: readonly string[];
}

function listed(inventory: Inventory, secrets: SecretVariables): Record<string, unknown> {
  const groups: Record<string, ListedGroup> = {};
  const visit = (node: GraphNode): void => {
    const children = node.children.map((child) => child.name);
    groups[node.name] = { ...(node.hosts.length > 0 && { hosts: node.hosts }), ...(children.length > 0 && { children }) };
    for (const child of node.children) visit(child);
  };
  visit(inventory.graph());
  const hostvars = Object.fromEntries(inventory.hostNames().map((host) => [host, variablesOf(inventory, host, secrets)]));
  return { _meta: { hostvars }, ...groups };
}

function variablesOf(inventory: Inventory, host: string, secrets: SecretVariables): Record<string, unknown> {
  const merged: Record<string, SourceValue> = Object.assign({}, ...inventory.variablesOf(host).map((layer) => layer.values));
  return Object.fromEntries(Object.entries(merged).map(([name, value]) => [name, secrets.includes(name) ? MASK : asWritten(value)]));
}

function asWritten(value: SourceValue): unknown {
  if (value instanceof TemplateText) return value.text;
  if (Array.isArray(value)) return value.map(asWritten);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asWritten(each)]));
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 4);
}
