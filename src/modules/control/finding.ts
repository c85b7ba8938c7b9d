import { t } from '../../sdk/arguments.js';
import { defineControl } from '../../sdk/module.js';

export const finding = defineControl({
  name: 'finding',
  summary: "Records a check's result; it never stops the play by itself",
  arguments: {
    clause: t.string().required().describe('Which clause it is about.'),
    title: t.string().required().describe('What ought to be, in words.'),
    that: t.list(t.condition()).required().describe('Met when all of them hold.'),
    found: t.string().default('').describe('What was found.'),
    needed: t.string().default('').describe('What was expected.'),
    observer: t.string().describe('From where it was seen. Left out: the host.'),
    severity: t.choice(['fatal', 'warning', 'note']).default('fatal').describe('An unmet fatal one fails the host when its role ends.'),
    mended_by: t.string().describe('The playbook that mends it.'),
    remedy: t.string().describe('What mends it.'),
  },
  examples: [
    {
      title: 'the operating system',
      task: `finding:
  clause: OS-1
  title: the operating system is Debian 12
  that: ansible_facts.distribution_major_version == "12"
  found: "{{ ansible_facts.distribution_version }}"
  needed: Debian 12`,
    },
  ],
  run: async (args, context) => {
    const held = args.that.map((each) => context.holds(each));
    // One that does not hold decides, whatever the unknown ones would be.
    const unknown = held.find((each) => typeof each === 'object');
    const status = held.includes(false) ? 'unmet' : unknown ? 'unknown' : 'met';
    const { clause, title, severity, found, needed, remedy } = args;
    const observer = args.observer ?? context.host;
    const recorded = {
      clause,
      title,
      status,
      severity,
      found: status === 'unknown' && typeof unknown === 'object' ? unknown.unknown : found,
      needed,
      observer,
    } as const;
    context.finding({ ...recorded, mendedBy: args.mended_by, remedy });
    return {
      changed: false,
      result: {
        finding: {
          ...recorded,
          ...(args.mended_by !== undefined && { mended_by: args.mended_by }),
          ...(remedy !== undefined && { remedy }),
        },
      },
    };
  },
});
