import { expect, test } from 'vitest';
import { ChatsctlError, diagnostic, failure } from '../../../src/base/errors.js';
import { statusOf } from '../../../src/cli/exit.js';

test('a status for each kind of error', () => {
  expect(statusOf(failure('journal/no-runs', { folder: 'x' }))).toBe(4);
  expect(statusOf(failure('secrets/missing', { path: 'x' }))).toBe(5);
  expect(statusOf(failure('journal/locked', { run: 'r', operator: 'o', host: 'h', pid: 1, since: 's' }))).toBe(6);
  expect(statusOf(new TypeError('x is not a function'))).toBe(1);
});

test('invalid input decides among several; warnings do not', () => {
  const store = diagnostic('secrets/missing', { path: 'x' });
  const input = diagnostic('cli/no-hosts', { pattern: 'x' });
  expect(statusOf(new ChatsctlError([store, input]))).toBe(4);
  expect(statusOf(new ChatsctlError([{ ...input, severity: 'warning' }, store]))).toBe(5);
});
