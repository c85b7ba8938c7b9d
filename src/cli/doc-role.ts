import { basename, resolve } from 'node:path';
import { failure } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import type { PlaybookContext } from '../playbook/context.js';
import { isRoleFolder } from '../playbook/lone-role.js';
import { shippedRoles, specsOf } from '../playbook/shipped-specs.js';
import type { RoleArgumentSpec, RoleOption } from '../playbook/tree.js';
import { columns } from './doc-text.js';

/** The package's roles, or the variables of one: of the package, or by its folder. */
export function roleTopic(name: string | undefined, context: PlaybookContext): string {
  const shipped = shippedRoles(context);
  if (name === undefined) {
    return columns(shipped.map((path) => [basename(path), aboutRole(path, context)]));
  }
  const path = shipped.find((each) => basename(each) === name) ?? resolve(context.cwd, name);
  if (!isRoleFolder(path, context)) {
    const known = shipped.map((each) => basename(each));
    throw failure('cli/no-doc', { name: `role ${name}` }, { nearest: nearest(name, known) });
  }
  const specs = [...specsOf(path, context).values()];
  return specs.length === 0
    ? `${basename(path)}: no meta/argument_specs.yaml`
    : specs.map((spec) => specText(basename(path), spec)).join('\n\n');
}

/** Of its main entry point, else of its first. */
function aboutRole(path: string, context: PlaybookContext): string {
  const specs = specsOf(path, context);
  return (specs.get('main') ?? [...specs.values()][0])?.shortDescription ?? '';
}

function specText(role: string, { entry, shortDescription, description, options }: RoleArgumentSpec): string {
  const head = entry === 'main' ? role : `${role} (tasks_from: ${entry})`;
  return [`${head}: ${shortDescription}`, ...description, '', ...optionLines(options, '  ')].join('\n').trimEnd();
}

function optionLines(options: Readonly<Record<string, RoleOption>>, indent: string): string[] {
  return Object.entries(options).flatMap(([name, option]) => [
    `${indent}${name}: ${typeOf(option)}${marksOf(option)}`,
    ...option.description.map((line) => `${indent}    ${line}`),
    ...(option.options ? optionLines(option.options, `${indent}    `) : []),
  ]);
}

function typeOf({ type, elements, choices }: RoleOption): string {
  const kind = elements === undefined ? type : `${type} of ${elements}`;
  return choices === undefined ? kind : `${kind}, one of ${choices.join(', ')}`;
}

function marksOf({ required, requiredUnless, default: fallback, secret }: RoleOption): string {
  const unless = requiredUnless.length > 0 ? ` unless ${requiredUnless.join(' or ')} is known` : '';
  const marks = [
    ...(required ? [`required${unless}`] : []),
    ...(fallback === undefined ? [] : [`default ${JSON.stringify(fallback)}`]),
    ...(secret ? ['secret'] : []),
  ];
  return marks.length > 0 ? ` (${marks.join('; ')})` : '';
}
