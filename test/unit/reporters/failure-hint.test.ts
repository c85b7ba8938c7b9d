import { expect, it } from 'vitest';
import { failureHint } from '../../../src/reporters/failure-hint.js';

it('a hint of its own comes first, with the code', () => {
  expect(failureHint({ hint: 'free the port', code: 'job/timeout' }, 'en')).toEqual({ text: 'free the port', code: 'job/timeout' });
});

it('else the remedy of the error, with what the result tells', () => {
  expect(failureHint({ code: 'job/lost', id: 'install' }, 'en')?.text).toContain('chatsctl jobs stop install -i INVENTORY');
  expect(failureHint({ code: 'job/lost' }, 'ru')?.text).toContain('chatsctl jobs stop ID -i ИНВЕНТАРЬ');
});

it('none of a result without either', () => {
  expect(failureHint({ code: 'no/such-code', rc: 1 }, 'en')).toBeUndefined();
});
