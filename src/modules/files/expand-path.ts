import type { ReadView } from '../../sdk/query.js';

const homeScript = 'getent passwd "$(id -u)" | cut -d: -f6';
const variableScript = 'printenv -- "$1"';

/** `~`, `~name` and `$VARS` as the host's user sees them, like Ansible's type path. What names nothing stays as it is. */
export async function expandPath(path: string, read: ReadView): Promise<string> {
  const variables = [...new Set([...path.matchAll(/\$(?:\{(\w+)\}|([A-Za-z_]\w*))/g)].map((each) => each[1] ?? each[2] ?? ''))];
  const values = new Map<string, string>();
  await Promise.all(
    variables.map(async (name) => {
      const answer = await read.script(variableScript, [name]);
      if (answer.rc === 0) values.set(name, answer.stdout.replace(/\n$/, ''));
    }),
  );
  const expanded = path.replace(
    /\$(?:\{(\w+)\}|([A-Za-z_]\w*))/g,
    (whole, braced: string | undefined, plain: string | undefined) => values.get(braced ?? plain ?? '') ?? whole,
  );
  const [, user, rest = ''] = /^~([^/]*)(.*)$/s.exec(expanded) ?? [];
  if (user === undefined) return expanded;
  const home = user === '' ? (await read.script(homeScript)).stdout.trimEnd() : (await read.user(user))?.home;
  return home ? `${home.replace(/\/+$/, '')}${rest}` : expanded;
}
