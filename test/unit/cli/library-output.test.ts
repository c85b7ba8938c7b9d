import { PassThrough } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { maskLibraryOutput } from '../../../src/cli/library-output.js';
import { Terminal } from '../../../src/cli/terminal.js';

const { console: own } = globalThis;
const listeners = process.listeners('warning');
afterEach(() => {
  globalThis.console = own;
  process.removeAllListeners('warning');
  for (const each of listeners) process.on('warning', each);
});

test('what libraries and Node say of their own accord is masked, and is no output of ours', async () => {
  const stdout = new PassThrough({ encoding: 'utf8' });
  const stderr = new PassThrough({ encoding: 'utf8' });
  const terminal = new Terminal({ stdin: Object.assign(new PassThrough(), { isTTY: false }), stdout, stderr }, {});
  terminal.masker.add('canary-1');
  process.on('warning', () => {});
  maskLibraryOutput(terminal);
  console.log('said <canary-1>', { a: ['canary-1'] });
  console.error(new Error('failed <canary-1>'));
  process.emitWarning('warned <canary-1>', 'SomeWarning');
  await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([terminal.stdout.end(), terminal.stderr.end()]);
  const said = String(stderr.read());
  expect(said).not.toContain('canary-1');
  for (const around of [`said <********> { a: [ '********' ] }`, 'Error: failed <********>', 'SomeWarning: warned <********>'])
    expect(said).toContain(around);
  expect(stdout.read()).toBeNull();
});
