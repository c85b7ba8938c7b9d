import { readdirSync, writeFileSync } from 'node:fs';
import { plainMessage } from '../base/errors.js';
import { fixtures, load, shown } from '../../test/unit/playbook/loading.js';
for (const s of readdirSync(fixtures + '/mistakes')) {
  const { found } = load('mistakes/' + s);
  console.log('==', s);
  for (const d of found) console.log('  ', shown(d), '|', plainMessage(d), '|', d.hint ?? '');
  if (process.argv[2] === 'write') writeFileSync(`${fixtures}/mistakes/${s}/expected.txt`, found.map(shown).join('\n') + '\n');
}
