import { inEnglish, russianOf } from '../../base/translated.js';
import { t } from '../../sdk/arguments.js';
import { defineControl } from '../../sdk/module.js';

export const finding = defineControl({
  name: 'finding',
  summary: "Records a check's result; it never stops the play by itself",
  arguments: {
    clause: t.string().required().describe('Which clause it is about.'),
    title: t.text().required().describe('What ought to be, in words.'),
    that: t.list(t.condition()).required().describe('Met when all of them hold.'),
    found: t.text().default('').describe('What was found.'),
    needed: t.text().default('').describe('What was expected.'),
    observer: t.string().describe('From where it was seen. Left out: the host.'),
    severity: t.choice(['fatal', 'warning', 'note']).default('fatal').describe('An unmet fatal one fails the host when its role ends.'),
    mended_by: t.string().describe('The playbook that mends it.'),
    remedy: t.text().describe('What mends it, in words.'),
    command: t.string().describe('The command that mends it, whole: it is shown so that it can be copied.'),
    by: t.choice(['you', 'vendor']).default('you').describe('Whose the remedy is: the operator, or the vendor, who has to be asked.'),
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
    {
      title: 'in both languages',
      task: `finding:
  clause: PORT-1
  title:
    en: nothing else listens on port 443
    ru: порт 443 никем не занят
  that: size(listeners.stdout_lines) == 0
  found: "{{ listeners.stdout }}"
  remedy:
    en: stop what listens there
    ru: остановите то, что его занимает`,
    },
  ],
  run: async (args, context) => {
    const held = args.that.map((each) => context.holds(each));
    // One that does not hold decides, whatever the unknown ones would be.
    const unknown = held.find((each) => typeof each === 'object');
    const status = held.includes(false) ? 'unmet' : unknown ? 'unknown' : 'met';
    const { clause, severity, by, command } = args;
    const observer = args.observer ?? context.host;
    const found = status === 'unknown' && typeof unknown === 'object' ? unknown.unknown : args.found;
    const ru = russianOf({ title: args.title, found, needed: args.needed, remedy: args.remedy });
    const recorded = {
      clause,
      title: inEnglish(args.title),
      status,
      severity,
      found: inEnglish(found),
      needed: inEnglish(args.needed),
      observer,
      by,
    } as const;
    const remedy = args.remedy === undefined ? undefined : inEnglish(args.remedy);
    context.finding({ ...recorded, mendedBy: args.mended_by, remedy, command, ru });
    return {
      changed: false,
      result: {
        finding: {
          ...recorded,
          ...(args.mended_by !== undefined && { mended_by: args.mended_by }),
          ...(remedy !== undefined && { remedy }),
          ...(command !== undefined && { command }),
          ...(ru && { ru }),
        },
      },
    };
  },
});
