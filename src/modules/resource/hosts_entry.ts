import { isIP } from 'node:net';
import { t } from '../../sdk/arguments.js';
import { defineResource, ModuleFailure, type Plan } from '../../sdk/module.js';
import { probeTarget } from '../files/target.js';
import { insertLines, type Line, TextFile } from '../files/text.js';
import { planWrite } from '../files/write-plan.js';
import { comparable, entryOf, isLoopback, sameAddress, withoutNames } from '../network/hosts-file.js';

const hostName = /^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?$/;

/** DNS-3, DNS-4. The version before the first change is kept under /var/lib/chatsctl/backups. */
export const hostsEntry = defineResource({
  name: 'hosts_entry',
  summary: 'Names in /etc/hosts: on one address, and on no other',
  arguments: {
    path: t.path().identifies().default('/etc/hosts').describe('The file.'),
    address: t.string().describe('The address that the names stand for. May be left out with `absent`: then they go from every line.'),
    names: t.list(t.string()).required().aliases('name').describe('The names.'),
    state: t.choice(['present', 'absent']).default('present'),
    remove_loopback: t
      .bool()
      .default(true)
      .describe(
        'Takes the names off lines of 127.0.0.1, 127.0.1.1 and ::1 too (DNS-4). A line keeps its other names and its comment, and goes only when nothing is left.',
      ),
  },
  examples: [
    { title: 'three names on the internal address', task: 'hosts_entry: {address: 10.0.0.5, names: [app.example.org, api.example.org]}' },
    { title: 'a name is gone', task: 'hosts_entry: {names: [old.example.org], state: absent}' },
  ],
  async probe(args, read) {
    return await probeTarget(args.path, { owner: undefined, group: undefined }, read, { follow: true });
  },
  plan(args, target): Plan {
    const { address, names } = args;
    if (args.state === 'present' && address === undefined) throw new ModuleFailure('state: present needs address');
    if (address !== undefined && !isIP(address)) throw new ModuleFailure(`"${address}" is no IP address`);
    const odd = names.find((each) => !hostName.test(each));
    if (odd !== undefined) throw new ModuleFailure(`"${odd}" is no host name`);
    if (!names.length) throw new ModuleFailure('names is empty');
    const file = TextFile.of(target.content ?? Buffer.alloc(0));
    const wanted = new Map(names.map((each) => [comparable(each), each]));
    const own = (line: Line) => address !== undefined && sameAddress(entryOf(line.text)?.address ?? '', address);
    const touched = (line: Line) => {
      const entry = entryOf(line.text);
      if (!entry) return false;
      if (args.state === 'absent') return (address === undefined || own(line)) && (args.remove_loopback || !isLoopback(entry.address));
      return !own(line) && (args.remove_loopback || !isLoopback(entry.address));
    };
    const kept = file.lines.flatMap((line) => (touched(line) ? (withoutNames(line, new Set(wanted.keys())) ?? []) : [line]));
    const lines = args.state === 'absent' || address === undefined ? kept : withMissing(kept, address, wanted, own, file.lineEnd);
    if (!target.state && args.state === 'absent') return { changes: [], operations: [], result: { path: target.path } };
    const unset = { owner: undefined, group: undefined, mode: target.state ? undefined : 0o644 };
    const plan = planWrite(target, file.with(lines).content, unset, { keep_original: true });
    return { ...plan, result: { path: target.path, ...(address !== undefined && { address }), names: [...names] } };
  },
});

/** The names that the address lacks: onto its line where one of them stands already, which keeps that line's first name; else onto a line of their own. */
function withMissing(
  lines: readonly Line[],
  address: string,
  wanted: ReadonlyMap<string, string>,
  own: (line: Line) => boolean,
  lineEnd: string,
): Line[] {
  const there = new Set(lines.filter(own).flatMap((each) => entryOf(each.text)?.names.map((name) => name.toLowerCase()) ?? []));
  const missing = [...wanted].flatMap(([lower, name]) => (there.has(lower) ? [] : [name]));
  if (!missing.length) return [...lines];
  const beside = lines.findIndex((each) => own(each) && entryOf(each.text)?.names.some((name) => wanted.has(name.toLowerCase())));
  const line = lines[beside];
  if (!line) return insertLines(lines, lines.length, [{ text: `${address} ${missing.join(' ')}`, end: lineEnd }], lineEnd);
  const [, names = '', comment = ''] = /^([^#]*?)(\s*(?:#.*)?)$/s.exec(line.text) ?? [];
  return lines.map((each, index) => (index === beside ? { ...each, text: `${names} ${missing.join(' ')}${comment}` } : each));
}
