import { TemplateText } from '../base/template-text.js';
import { chainOf, effectiveKeywords, type Include, type Item, type Play, type Playbook, type Task } from './tree.js';

/** A task as `--list-tasks` shows it. */
interface OutlinedTask {
  /** `role : name`; a template as written; the module where there is no name. */
  readonly name: string;
  readonly tags: readonly string[];
  readonly task: Task | Include;
}

export interface OutlinedPlay {
  readonly name: string;
  readonly hosts: string;
  readonly tags: readonly string[];
  readonly tasks: readonly OutlinedTask[];
}

/** What a playbook would run, in order, less what the tags leave out; includes stand for what they bring. For --list-tasks and --list-tags. */
export function outline(playbook: Playbook, chosen: (tags: readonly string[]) => boolean): readonly OutlinedPlay[] {
  return playbook.plays.map((play) => ({
    name: playName(play),
    hosts: shown(play.hosts),
    tags: [...(play.keywords.tags ?? [])].sort(),
    tasks: tasksOf(play)
      .map((task) => ({ name: taskLabel(task), tags: [...effectiveKeywords(task).tags].sort(), task }))
      .filter((each) => chosen(each.tags)),
  }));
}

/** Every tag of a play's tasks, sorted. */
export function tagsOf(play: OutlinedPlay): readonly string[] {
  return [...new Set(play.tasks.flatMap((each) => each.tags))].sort();
}

/** All tasks and includes of a play in the order in which they run; `rescue` and `always` after their block. */
export function tasksOf(play: Play): readonly (Task | Include)[] {
  return sectionsOf(play).flatMap(leaves);
}

function sectionsOf(play: Play): readonly Item[] {
  return [...play.preTasks, ...play.roles, ...play.tasks, ...play.postTasks];
}

export function leaves(item: Item): (Task | Include)[] {
  return item.kind === 'block' ? [...item.items, ...item.rescue, ...item.always].flatMap(leaves) : [item];
}

/** Whether --start-at-task means a task: by its name, with or without its role; `*` stands for anything. */
export function startMatcher(pattern: string): (task: Task | Include) => boolean {
  const matches = nameMatcher(pattern);
  return (task) => matches(taskLabel(task)) || matches(ownLabel(task));
}

/** The first task that --start-at-task may mean. A rescue is none: nothing leads to it. */
export function startingTask(playbook: Playbook, pattern: string): Task | Include | undefined {
  const reached = (item: Item): (Task | Include)[] => (item.kind === 'block' ? [...item.items, ...item.always].flatMap(reached) : [item]);
  return playbook.plays.flatMap(sectionsOf).flatMap(reached).find(startMatcher(pattern));
}

function nameMatcher(pattern: string): (name: string) => boolean {
  const parts = pattern
    .split(/(\*|\?)/)
    .map((part) => (part === '*' ? '.*' : part === '?' ? '.' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&')));
  const regex = new RegExp(`^${parts.join('')}$`, 's');
  return (name) => name === pattern || regex.test(name);
}

function taskLabel(task: Task | Include): string {
  const role = chainOf(task).findLast((level) => level.role)?.role?.name;
  return role === undefined ? ownLabel(task) : `${role} : ${ownLabel(task)}`;
}

function ownLabel(task: Task | Include): string {
  if (task.name !== null && task.name !== '') return String(task.name);
  return task.kind === 'task' ? task.module : `include_${task.what}`;
}

function playName(play: Play): string {
  return play.name === null ? shown(play.hosts) : String(play.name);
}

function shown(value: Play['hosts']): string {
  if (value instanceof TemplateText) return value.text;
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
}
