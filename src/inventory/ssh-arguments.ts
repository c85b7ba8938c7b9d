import { failure } from '../base/errors.js';
import type { Position } from '../base/position.js';

export interface SshArguments {
  /** `-J`, or ProxyJump: hosts as OpenSSH writes them. */
  readonly proxyJump: string | undefined;
  /** The `-o` options that are taken over, by lower-case name. */
  readonly options: Readonly<Record<string, string>>;
}

const ALLOWED = new Set([
  'proxyjump',
  'userknownhostsfile',
  'stricthostkeychecking',
  'identityfile',
  'identitiesonly',
  'connecttimeout',
  'serveraliveinterval',
  'serveralivecountmax',
]);

/** `ansible_ssh_common_args` and its like. Error `inventory/ssh-option` for whatever is not taken over; the first of two equal options counts, as in ssh. */
export function parseSshArguments(text: string, variable: string, position?: Position): SshArguments {
  const words = split(text);
  const options: Record<string, string> = {};
  const refuse = (found: string) => failure('inventory/ssh-option', { name: variable, found }, { position });
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const flag = word.slice(0, 2);
    if (flag !== '-J' && flag !== '-o') throw refuse(word);
    const value = word.length > 2 ? word.slice(2) : words[++at];
    if (value === undefined || value === '') throw refuse(word);
    const [, name = '', setting = ''] = flag === '-J' ? ['', 'ProxyJump', value] : (/^(\w+)\s*[=\s]\s*(.*)$/s.exec(value) ?? []);
    if (!ALLOWED.has(name.toLowerCase()) || setting === '') throw refuse(flag === '-J' ? word : `-o ${value}`);
    options[name.toLowerCase()] ??= setting;
  }
  const { proxyjump, ...rest } = options;
  return { proxyJump: proxyjump, options: rest };
}

/** Words as a shell splits them: quotes group, a backslash takes the next character as it is. */
function split(text: string): string[] {
  const words = text.match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/gs) ?? [];
  return words.map((word) =>
    word.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/gs, (_, double?: string, single?: string, escaped?: string) =>
      double !== undefined ? double.replace(/\\(["\\$`])/g, '$1') : (single ?? escaped ?? ''),
    ),
  );
}
