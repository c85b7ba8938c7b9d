import { type OutlinedPlay, outline, tagsOf } from '../playbook/outline.js';
import { selectTags } from '../playbook/tags.js';
import { hostsOf, patternsOf } from './play-hosts.js';
import type { PlayFlags } from './play-options.js';
import type { Prepared } from './prepare.js';

/** `--list-hosts`, `--list-tasks`, `--list-tags`, as Ansible prints them. `name`: the playbook as it was typed. */
export function listPlaybook(name: string, prepared: Prepared, flags: PlayFlags, cwd: string): string {
  const chosen = selectTags({ only: flags.tags, skip: flags.skipTags });
  const plays = outline(prepared.playbook, chosen).map((play, index) => {
    const lines = [`  play #${index + 1} (${play.hosts}): ${play.name}\tTAGS: [${play.tags.join(', ')}]`];
    if (flags.listHosts) lines.push(...hostLines(index, prepared, flags, cwd));
    if (flags.listTasks) lines.push('    tasks:', ...play.tasks.map((task) => `      ${task.name}\tTAGS: [${task.tags.join(', ')}]`));
    if (flags.listTags) lines.push(`      TASK TAGS: [${allTags(play).join(', ')}]`);
    return lines.join('\n');
  });
  return `\nplaybook: ${name}\n\n${plays.join('\n\n')}\n`;
}

function hostLines(index: number, { playbook, inventory, extraVars }: Prepared, { limit }: PlayFlags, cwd: string): string[] {
  const play = playbook.plays[index];
  const patterns = play && patternsOf(play, extraVars);
  const hosts = play && hostsOf(play, { inventory, limit, cwd, extraVars });
  return [
    `    pattern: [${(patterns ?? []).map((each) => `'${each}'`).join(', ')}]`,
    `    hosts (${hosts?.length ?? '?'}):`,
    ...(hosts ?? []).map((host) => `      ${host}`),
  ];
}

function allTags(play: OutlinedPlay): readonly string[] {
  return [...new Set([...play.tags, ...tagsOf(play)])].sort();
}
