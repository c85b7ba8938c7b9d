import { expect, it } from 'vitest';
import { failureHint, failureMessage } from '../../../src/reporters/failure-hint.js';

it('a hint of its own, beside the remedy of the error with what the result tells', () => {
  expect(failureHint({ hint: 'free the port' }, 'en')).toEqual({ hint: 'free the port', remedy: undefined, code: undefined });
  expect(failureHint({ hint: 'see X', code: 'job/lost', id: 'install' }, 'en')).toEqual({
    hint: 'see X',
    remedy: expect.stringContaining('chatsctl jobs stop install -i INVENTORY'),
    code: 'job/lost',
  });
  expect(failureHint({ code: 'job/lost' }, 'ru')?.remedy).toContain('chatsctl jobs stop ID -i ИНВЕНТАРЬ');
});

it('none of a result without either', () => {
  expect(failureHint({ code: 'no/such-code', rc: 1 }, 'en')).toBeUndefined();
});

it('the message in the reader’s language, with what stands behind it', () => {
  const result = { code: 'connect/refused', host: 'box', port: 22 };
  const message = 'box refuses connections to port 22';
  expect(failureMessage(message, result, 'en')).toBe(message);
  expect(failureMessage(`${message} (a.yaml:1:2)`, result, 'ru')).toBe('box отклоняет подключения к порту 22 (a.yaml:1:2)');
  expect(failureMessage('something else', result, 'ru')).toBe('something else');
  expect(failureMessage(message, {}, 'ru')).toBe(message);
});
