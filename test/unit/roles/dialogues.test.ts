// What the roles' own tasks make of whole dialogues, as the engine reads them.
import { describe, expect, test } from 'vitest';
import { findPrompt } from '../../../src/host/jobs/prompt-match.js';
import { judged, roleDialogue } from './role-dialogues.js';

describe('installer.sh --cfglink (INST-2)', () => {
  test.each([
    [
      'Client ID: 0f9a-77\nClient secret: abcd1234\n\nOn the Chats server enter these when asked:\n  Client ID\n  Client secret\nBye.',
      '0f9a-77',
      'abcd1234',
    ],
    ['Client ID: a1\nClient secret: b2\n\nВведите их при установке Чатов:\n  Client ID\n  Client secret\nГотово', 'a1', 'b2'],
    ['Client ID: a1\nClient secret: q7,Zx}p1kk', 'a1', 'q7,Zx}p1kk'],
    ['Параметры: Client ID = x, Client secret = y', 'x', 'y'],
    ['Client ID: x / Client secret: y', 'x', 'y'],
    ['Client ID: x, Client secret: y', 'x', 'y'],
    ['Client ID:3f2a Client secret:abcd', '3f2a', 'abcd'],
    ['Client ID\n  a1\nClient secret\n  b2', 'a1', 'b2'],
    ['Не удалось установить соединение, повтор через 5 с\nClient ID: a\nClient secret: b', 'a', 'b'],
    ['Client ID: a\nClient secret: b\nClient ID: a', 'a', 'b'],
  ])('%j', async (text, chat_client_id, chat_client_secret) =>
    expect(judged(text, await roleDialogue('chats-cfglink'))).toEqual({ chat_client_id, chat_client_secret }),
  );

  test.each([
    ['Client ID: a\nClient secret: b\nClient secret: c', 'ambiguous'],
    ['Client ID\nClient secret\nBye.', 'no-capture'],
    ['Client ID:\nClient secret:\n', 'no-capture'],
    ['Installation failed: no space\nClient ID: a\nClient secret: b', 'contradictory'],
    ['Client ID: a\nClient secret: b\nInstallation failed: no space', 'failed'],
  ])('%j: %s', async (text, kind) => expect(judged(text, await roleDialogue('chats-cfglink'))).toBe(kind));
});

describe('installer.sh (INST-6)', () => {
  test.each([
    'Установка успешно завершена.\nIntegrational token: abc',
    'Установка успешно завершена. Integrational token: abc',
    'Установка успешно завершена.\nIntegrational token, который понадобится далее: abc',
    'ПО МТС Линк on-premise (Чаты) успешно установлено!\nSave Integrational token, it will be required later: abc',
    'Не удалось установить соединение с premise-registry.mts-link.net, повтор через 5 с\nУстановка успешно завершена.\nIntegrational token: abc',
    'Failed to install docker-compose-plugin, trying fallback\nInstallation complete\nIntegrational token: abc',
    'Integrational token: abc\nInstallation finished. Enter on Meetings:\nIntegrational token\nchats.example.ru',
  ])('%j', async (text) => expect(judged(text, await roleDialogue('chats-install'))).toEqual({ chat_integration_token: 'abc' }));

  test.each([
    ['Docker успешно установлен\nIntegrational token: abc', 'no-success'],
    ['done\nIntegrational token: abc', 'no-success'],
    ['Установка успешно завершена.', 'no-capture'],
    ['Ошибка установки: миграция базы завершилась с ошибкой', 'failed'],
    ['Ошибка установки: повторная попытка\nУстановка успешно завершена.\nIntegrational token: abc', 'contradictory'],
    ['Установка успешно завершена.\nIntegrational token: abc\nОшибка установки: нет места', 'failed'],
  ])('%j: %s', async (text, kind) => expect(judged(text, await roleDialogue('chats-install'))).toBe(kind));
});

describe('add_chats_token.sh (LINK-1)', () => {
  test.each(['', 'Unknown domain suffix, skipping check\nDone', 'Failed: 0', 'Error: none', 'Failed:\n 0'])('%j', async (text) =>
    expect(judged(text, await roleDialogue('chats-token'))).toEqual({}),
  );
  test.each(['Error: token rejected', 'Неверный токен, попробуйте ещё раз'])('%j: failed', async (text) =>
    expect(judged(text, await roleDialogue('chats-token'))).toBe('failed'),
  );
});

test.each(['chats-cfglink', 'chats-install', 'chats-token'] as const)('%s: errors can name the variable of each pattern', async (id) => {
  const { steps, captures, success, failure } = await roleDialogue(id);
  for (const { variable } of [...steps, ...captures, ...success, ...failure]) expect(variable).toMatch(/^installer_\w+_(prompt|pattern)$/);
});

describe('which question is answered', () => {
  const [key, id, secret, domain, token] = ['licence key', 'Client ID', 'Client secret', 'chat domain name', 'Integrational token'];
  const asked = async (task: Parameters<typeof roleDialogue>[0], text: string, names: readonly string[] = [], responses = {}) => {
    const records = names.map((name, at) => ({ name, end: at + 1, sent: true }));
    return findPrompt(text, await roleDialogue(task, responses), records)?.prompt.name;
  };

  test.each([
    ['chats-install', 'Client ID: ', [], id],
    ['chats-install', 'Client secret: ', [key], secret],
    ['chats-install', 'Enter license key: ', [id, secret], key],
    ['chats-install', 'Введите chat domain name: ', [key, id, secret], domain],
    ['chats-install', 'Client ID for the domain chats.example.ru: ', [], id],
    ['chats-install', 'Введите имя домена сервера чатов [chats.s3.example.ru]: ', [], domain],
    ['chats-install', 'Введите лицензионный ключ, полученный от администратора: ', [], key],
    ['chats-install', 'Enter license key (or path to license file): ', [], key],
    ['chats-install', 'Введите лицензионный ключ из файла: ', [], key],
    ['chats-install', 'Enter Client ID obtained on the Meetings server: ', [key], id],
    ['chats-cfglink', 'Enter chat domain name to be linked with Meetings: ', [], domain],
    ['chats-token', 'Введите имя домена чатов для Встреч: ', [], domain],
    ['chats-token', 'Enter domain name for Meetings integration: ', [], domain],
    ['chats-token', 'Integrational token: ', [], token],
    ['chats-token', 'Chat domain name: ', [token], domain],
  ] as const)('%s, %j after %j: %s', async (task, text, names, name) =>
    expect(await asked(task, text, names as readonly string[])).toBe(name),
  );

  test.each([
    ['chats-install', 'Enter path to license key file: '],
    ['chats-install', 'Введите путь к файлу лицензионного ключа: '],
    ['chats-install', 'Enter license key file path: '],
    ['chats-install', 'License key file: '],
    ['chats-install', 'Enter Meetings domain name: '],
    ['chats-install', 'Введите имя домена сервера Встреч: '],
    ['chats-install', 'Введите домен встреч: '],
    ['chats-install', 'Введите email администратора домена: '],
    ['chats-install', 'Enter SMTP server name: '],
    ['chats-install', 'Введите имя сервера SMTP: '],
    ['chats-install', 'Enter domain for S3 storage: '],
    ['chats-install', 'Введите LDAP домен: '],
    ['chats-install', 'Enter Active Directory domain name: '],
    ['chats-install', 'Domain controller: '],
    ['chats-install', 'Client secret expires in (days): '],
    ['chats-install', 'Enter secret question: '],
    ['chats-install', 'Enter JWT secret: '],
    ['chats-install', 'Имя домена chats.example.ru верно? [y/n]: '],
    ['chats-token', 'Token lifetime (days): '],
    ['chats-token', 'Срок действия токена (дней): '],
  ] as const)('%s, %j: none', async (task, text) => {
    expect(await asked(task, text)).toBeUndefined();
    expect(await asked(task, text, [key, id, secret] as readonly string[])).toBeUndefined();
  });

  test('what the operator gave counts more', async () => {
    const responses = { '(?i)server name': 'nginx.example.ru' };
    expect(await asked('chats-install', 'Server name for nginx: ', [], responses)).toBe('(?i)server name');
  });
});
