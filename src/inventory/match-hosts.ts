import type { GroupTree, Host } from './groups.js';
import type { PatternPart } from './pattern.js';

/** The hosts of a parsed pattern. `otherwise` answers for a part that names nothing of the inventory. */
export function hostsMatching(
  parts: readonly PatternPart[],
  tree: GroupTree,
  otherwise: (part: PatternPart) => Host | undefined,
): ReadonlySet<Host> {
  let hosts = new Set<Host>();
  for (const part of parts) {
    const found = part.kind === 'add' && tree.hosts.has(part.text) ? [tree.host(part.text)] : sliced(matching(part, tree, otherwise), part);
    if (part.kind === 'add') hosts = new Set([...hosts, ...found]);
    else hosts = new Set([...hosts].filter((host) => found.includes(host) === (part.kind === 'intersect')));
  }
  return hosts;
}

/** Groups first; hosts where no group has the name, or where a glob or a regular expression may mean both. */
function matching(part: PatternPart, tree: GroupTree, otherwise: (part: PatternPart) => Host | undefined): readonly Host[] {
  const groups = [...tree.groups.values()].filter((group) => part.regex.test(group.name));
  const found = groups.flatMap((group) => group.allHosts());
  if (groups.length === 0 || part.alsoHosts) {
    for (const host of tree.hosts.values()) if (part.regex.test(host.name)) found.push(host);
  }
  if (found.length > 0 || groups.length > 0) return found;
  const other = otherwise(part);
  return other ? [other] : [];
}

function sliced(hosts: readonly Host[], { slice }: PatternPart): readonly Host[] {
  return slice ? [...new Set(hosts)].slice(slice.start, slice.end) : hosts;
}
