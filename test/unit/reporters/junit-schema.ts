/** What Jenkins' junit-10.xsd allows, as far as our reports go: elements, where they stand, their attributes (required ones with `!`). */
const schema: Readonly<Record<string, { in: readonly string[]; attributes: readonly string[] }>> = {
  testsuites: { in: [''], attributes: ['name', 'time', 'tests', 'failures', 'errors'] },
  testsuite: {
    in: ['testsuites'],
    attributes: ['name!', 'tests!', 'failures', 'errors', 'skipped', 'time', 'timestamp', 'hostname', 'id', 'package'],
  },
  testcase: { in: ['testsuite'], attributes: ['name!', 'classname', 'time', 'assertions', 'status', 'class', 'file', 'line', 'group'] },
  skipped: { in: ['testcase'], attributes: ['message', 'type'] },
  error: { in: ['testcase'], attributes: ['message', 'type'] },
  failure: { in: ['testcase'], attributes: ['message', 'type'] },
  'system-out': { in: ['testcase', 'testsuite'], attributes: [] },
  'system-err': { in: ['testcase', 'testsuite'], attributes: [] },
};

/** What is wrong with a report: not well-formed, against the schema, or counts that do not add up. Empty: nothing. */
export function junitFaults(xml: string): string[] {
  const faults: string[] = [];
  const open: string[] = [];
  const sums = { testcase: 0, failure: 0, error: 0, skipped: 0 };
  let promised: Record<string, string> = {};
  const rest = xml
    .replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '')
    .replace(/<(\/?)([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>/g, (_tag, end: string, name: string, text: string, single: string) => {
      if (end) {
        if (open.pop() !== name) faults.push(`</${name}> closes another`);
        return '';
      }
      const attributes = Object.fromEntries([...text.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]));
      const rule = schema[name];
      if (!rule?.in.includes(open.at(-1) ?? '')) faults.push(`<${name}> in <${open.at(-1) ?? ''}>`);
      for (const key of Object.keys(attributes))
        if (!rule?.attributes.some((each) => each.replace('!', '') === key)) faults.push(`${name} ${key}`);
      for (const each of rule?.attributes ?? [])
        if (each.endsWith('!') && !(each.slice(0, -1) in attributes)) faults.push(`${name} lacks ${each}`);
      if (name === 'testsuites') promised = attributes;
      if (name in sums) sums[name as keyof typeof sums]++;
      if (!single) open.push(name);
      return '';
    });
  if (open.length > 0) faults.push(`${open.join(', ')} not closed`);
  if (/[<]|&(?!(lt|gt|amp|quot|#\d+);)/.test(rest)) faults.push('a bare < or &');
  const counted = { tests: sums.testcase, failures: sums.failure, errors: sums.error };
  for (const [key, count] of Object.entries(counted))
    if (promised[key] !== String(count)) faults.push(`${key} is ${promised[key]}, counted ${count}`);
  return faults;
}
