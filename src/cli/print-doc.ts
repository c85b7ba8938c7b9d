import { catalog, type ErrorCode } from '../base/catalog/index.js';
import { Diagnostics, failure } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { modules } from '../modules/registry.js';
import type { ArgumentSpec } from '../sdk/arguments.js';
import type { AnyModule } from '../sdk/module.js';
import { DOC_TOPICS, moduleList } from './doc-topics.js';
import { exitStatus } from './exit.js';
import { playbookContext } from './playbook-context.js';
import type { Session } from './session.js';

/** The reference, from the same definitions that validate. */
export function printDoc(name: string | undefined, of: string | undefined, session: Session): number {
  session.terminal.stdout.line(text(name, of, session));
  return exitStatus.done;
}

function text(name: string | undefined, of: string | undefined, session: Session): string {
  if (name === undefined) return moduleList();
  const topic = Object.hasOwn(DOC_TOPICS, name) ? DOC_TOPICS[name] : undefined;
  if (topic) return topic(of, playbookContext({}, session, new Diagnostics()));
  const module = modules.get(name);
  if (module) return moduleText(module);
  if (isCode(name)) {
    const { status } = catalog[name];
    const { message, explain, remedy } = catalog[name][session.language];
    return `${name} (${status})\n\n${message}\n\n${explain}\n\n${remedy}`;
  }
  throw failure(
    'cli/no-doc',
    { name },
    { nearest: nearest(name, [...Object.keys(DOC_TOPICS), ...modules.keys(), ...Object.keys(catalog)]) },
  );
}

function moduleText(module: AnyModule): string {
  const examples = module.examples.map((each) => `# ${each.title}\n${each.task}`);
  return [`${module.name}: ${module.summary}`, '', ...argumentLines(module.arguments, '  '), '', ...examples].join('\n');
}

function argumentLines(spec: ArgumentSpec, indent: string): string[] {
  return Object.entries(spec).flatMap(([name, argument]) => {
    const { fields, expected } = argument.details;
    const marks = [
      argument.isRequired && 'required',
      argument.defaultValue !== undefined && `default ${JSON.stringify(argument.defaultValue)}`,
      argument.otherNames.length > 0 && `also ${argument.otherNames.join(', ')}`,
      argument.isSecret && 'secret',
    ].filter((each) => typeof each === 'string');
    const head = `${indent}${name}: ${expected}${marks.length > 0 ? ` (${marks.join('; ')})` : ''}`;
    return [
      head,
      ...(argument.description === '' ? [] : [`${indent}    ${argument.description}`]),
      ...(fields ? argumentLines(fields, `${indent}    `) : []),
    ];
  });
}

function isCode(name: string): name is ErrorCode {
  return Object.hasOwn(catalog, name);
}
