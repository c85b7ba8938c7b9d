import type { Diagnostics } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import { TemplateText } from '../base/template-text.js';
import type { PlayParts } from './reading.js';
import { chainOf, type Handler, type Item, type Play } from './tree.js';
import { literal } from './variables.js';

/** `role : name` and `name`; none where the name is a template. */
function handlerNames(handler: Handler): readonly string[] {
  const own = handler.name === null ? (handler.kind === 'task' ? handler.module : undefined) : handler.name;
  if (typeof own !== 'string') return [];
  const role = chainOf(handler).findLast((level) => level.role)?.role?.name;
  return role === undefined ? [own] : [own, `${role} : ${own}`];
}

/**
 * Handlers as they run: of a role that was brought in more than once with the same variables the last ones, in their place. Two of one name
 * in the same file would shadow each other: a warning.
 */
export function withoutRepeated(handlers: readonly Handler[], collect: Diagnostics): Handler[] {
  const last = new Map<string, Handler>();
  for (const handler of handlers) last.set(handlerKey(handler), handler);
  const kept = handlers.filter((each) => last.get(handlerKey(each)) === each);
  const named = new Map<string, Handler>();
  for (const handler of kept) {
    if (typeof handler.name !== 'string') continue;
    const key = `${handler.position.source.path} ${handler.name}`;
    const earlier = named.get(key);
    if (earlier && earlier.position.offset !== handler.position.offset) {
      const { line } = earlier.position.source.lineColumn(earlier.position.offset);
      collect.add('play/handler-duplicate', { name: handler.name, line }, { position: handler.position, severity: 'warning' });
    }
    named.set(key, handler);
  }
  return kept;
}

/** A handler's place, and the variables with which its role or file was brought in: with others it is another handler, as in Ansible. */
export function handlerKey(handler: Handler): string {
  const { source, offset } = handler.position;
  const given = chainOf(handler).map(({ keywords, parameters, role }) => [keywords.vars, parameters, role?.vars, role?.params]);
  return JSON.stringify([source.path, offset, given.flat().map((each) => (each === undefined ? null : literal(each)))]);
}

/** Each name in a `notify` that no handler and no topic of the play has; templates are left for the run. */
export function checkNotifications(play: Play, parts: PlayParts, collect: Diagnostics): void {
  const handlers = [...play.handlers, ...parts.expectedHandlers];
  if (parts.handlersMayCome || handlers.some((each) => each.kind === 'include' || each.name instanceof TemplateText)) return;
  const known = new Set(handlers.flatMap((each) => [...handlerNames(each), ...each.listen]));
  const items: Item[] = [...play.preTasks, ...play.roles, ...play.tasks, ...play.postTasks, ...play.handlers];
  for (const item of items.flatMap(withInner)) {
    for (const [index, name] of (item.keywords.notify ?? []).entries()) {
      if (typeof name !== 'string' || known.has(name)) continue;
      const position = item.keywordPositions?.[`notify[${index}]`] ?? item.keywordPositions?.notify ?? item.position;
      collect.add('play/handler-unknown', { name }, { position, nearest: nearest(name, known) });
    }
  }
}

function withInner(item: Item): Item[] {
  return item.kind === 'block' ? [item, ...[...item.items, ...item.rescue, ...item.always].flatMap(withInner)] : [item];
}
