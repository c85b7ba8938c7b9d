import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configureGlobal } from 'fast-check';
import { afterAll } from 'vitest';

// CI proves what was committed, with the same examples each time; at a desk every run looks for new ones.
if (process.env['CI'] === 'true') configureGlobal({ seed: 20261124 });

// What a file of tests makes for itself lies in a folder that goes with it.
const before = process.env['TMPDIR'];
const folder = mkdtempSync(join(tmpdir(), 'chatsctl-unit-'));
process.env['TMPDIR'] = folder;
afterAll(() => {
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  rmSync(folder, { recursive: true, force: true });
});
