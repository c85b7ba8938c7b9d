import type { LoadedPlaybook } from './load-playbook.js';
import { chainOf, type Item, type Level, type RoleInstance } from './tree.js';

/** Every block, task and include of a playbook, those that includes were seen to bring too. */
export function allItems(playbook: LoadedPlaybook): readonly Item[] {
  return playbook.plays.flatMap((play) => {
    const seen = playbook.lookedAt.get(play);
    const top: Item[] = [...play.preTasks, ...play.roles, ...play.tasks, ...play.postTasks, ...play.handlers];
    return [...top, ...(seen?.blocks ?? []), ...(seen?.handlers ?? [])].flatMap(withInner);
  });
}

export function allRoles(playbook: LoadedPlaybook): readonly RoleInstance[] {
  const of = playbook.plays.flatMap((play) => [...play.staticRoles, ...(playbook.lookedAt.get(play)?.roles ?? [])]);
  return [...new Set(of)];
}

/** Plays, items and the levels that handlers stand under: everything with keywords. */
export function allLevels(playbook: LoadedPlaybook): readonly Level[] {
  return [...new Set([...playbook.plays, ...allItems(playbook)].flatMap((each) => chainOf(each)))];
}

function withInner(item: Item): Item[] {
  return item.kind === 'block' ? [item, ...[...item.items, ...item.rescue, ...item.always].flatMap(withInner)] : [item];
}
