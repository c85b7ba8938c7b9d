import type { ValueMap } from '../../base/value.js';
import { factsProgram } from '../perl/facts.js';
import { unpack } from '../session/pack.js';
import type { Session } from '../session/session.js';
import { hardwareFacts } from './hardware.js';
import { networkFacts } from './network.js';
import type { RawFacts } from './raw-facts.js';
import { systemFacts } from './system.js';
import { virtualFacts } from './virtual.js';

const subsets = ['hardware', 'network', 'virtual'] as const;
type Subset = (typeof subsets)[number];

/** `ansible_facts`, named as Ansible names them, without the prefix. One round trip: the program and the question travel together. */
export async function gatherFacts(session: Session, wanted: readonly string[]): Promise<ValueMap> {
  const chosen = chooseSubsets(wanted);
  const [, fields] = await Promise.all([
    session.request(['define', factsProgram]),
    session.request(['facts', ...chosen], { timeoutMs: 90_000 }),
  ]);
  return factsFrom(rawFacts(fields), chosen);
}

export function factsFrom(raw: RawFacts, chosen: readonly Subset[]): ValueMap {
  return {
    ...systemFacts(raw),
    ...(chosen.includes('hardware') && hardwareFacts(raw)),
    ...(chosen.includes('virtual') && virtualFacts(raw)),
    ...(chosen.includes('network') && networkFacts(raw)),
    gather_subset: [...chosen],
    module_setup: true,
  };
}

/** `gather_subset`: `all`, `min`, names and `!names`; `!all` leaves the minimum. Names that Ansible has beyond these bring nothing more here. */
export function chooseSubsets(wanted: readonly string[]): Subset[] {
  const excluded = wanted.filter((each) => each.startsWith('!')).map((each) => each.slice(1));
  const included = wanted.filter((each) => !each.startsWith('!'));
  if (excluded.includes('all')) return subsets.filter((each) => included.includes(each));
  const all = !included.length || included.includes('all');
  return subsets.filter((each) => (all || included.includes(each)) && !excluded.includes(each));
}

export function rawFacts(fields: readonly Buffer[]): RawFacts {
  const known = new Map<string, Buffer>();
  for (let at = 0; at + 1 < fields.length; at += 2) known.set(fields[at]?.toString() ?? '', fields[at + 1] ?? Buffer.alloc(0));
  return {
    text: (name) => known.get(name)?.toString() ?? '',
    list: (name) => {
      const packed = known.get(name);
      return packed && packed.length >= 4 ? unpack(packed) : [];
    },
  };
}
