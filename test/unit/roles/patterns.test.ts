import { describe, expect, test } from 'vitest';
import { pattern, roleDefaults } from './role-variables.js';

const defaults = roleDefaults('common', 'install-chats', 'link-meetings');

/** Prompts as a terminal shows them: what is there since the last answer, up to the cursor. */
const prompts: Readonly<Record<string, readonly string[]>> = {
  installer_chat_domain_prompt: [
    'Enter the domain of the chat server:',
    'Введите имя домена сервера чатов >',
    'Chat domain name: ',
    'chat domain name [chats.example.ru]: ',
    'Domain: ',
    '? Chat domain name ',
    '? Chat domain name › ',
    'Введите домен чатов',
    'Введите имя домена сервера, на который устанавливается ПО МТС Линк on-premise (Чаты):\n> ',
    'Please enter chat domain name (e.g. chats.example.com): ',
    'Доменное имя чатов: ',
    'FQDN = ',
    'Some banner\n\nУкажите доменное имя (например, chats.example.ru): ',
    'What is the domain name of your chat server?',
    'Имя домена сервера чатов [chats.company.ru] > ',
    'Домен чатов:',
    'CHAT_DOMAIN=',
    'Which domain will the chats be served from? ',
    'Полное доменное имя (FQDN) сервера Чатов: ',
    'Шаг 1 из 3. Укажите домен, на котором будут работать чаты: ',
    '[12:01:33] Chat server domain -> ',
    'Type in the hostname of the chats machine: ',
    'Необходимо указать домен Чатов: ',
    'На каком домене будут чаты? ',
    'Под каким доменом работают чаты? > ',
    'Введите chat domain name\n(пример: chats.example.ru)\n: ',
  ],
  installer_license_key_prompt: [
    'License key:',
    'Лицензионный ключ:',
    'Введите лицензионный ключ, полученный от представителя компании «МТС Линк»: ',
    'Enter licence key> ',
    '? License key › ',
    'Enter your license key',
    'Ключ лицензии = ',
    'License key (input hidden): ',
    '[2/5] Licence key: ',
    'Введите лицензионный ключ, полученный от представителя компании',
    'License key\nEnter value: ',
    'Укажите ключ активации',
    'License key [none]: ',
    'Лицензионный ключ (ввод скрыт) ',
    'Paste the licence key you got from your vendor >>> ',
    'Для продолжения нужен лицензионный ключ. Введите ключ лицензии: ',
    'LICENSE_KEY: ',
    'Please supply your product key: ',
    'Ваш лицензионный ключ? ',
    'License Key ➜ ',
    'Checking licence file... [OK]\nLicence key: ',
    'Activation code: ',
    'Serial number of the licence: ',
  ],
  installer_client_id_prompt: [
    'Client ID:',
    'Идентификатор клиента',
    'Введите Client ID: ',
    'client_id> ',
    'Client ID (from step 4): ',
    'Значение Client ID из пункта 4 >',
    'Please provide the client identifier: ',
    'ID клиента? ',
    'Идентификатор клиента (Client ID): ',
    'License key accepted.\nClient ID: ',
    'OAuth client ID = ',
    'Введите идентификатор клиента, полученный на сервере Встреч',
    'Ключ принят.\n\nТеперь введите Client ID\n> ',
    'Клиентский идентификатор: ',
  ],
  installer_client_secret_prompt: [
    'Paste the client secret below, then press Enter\n> ',
    'Секрет клиента',
    'Client secret:',
    'Введите Client secret (не отображается): ',
    'client_secret = ',
    'Секретный ключ клиента: ',
    'Клиентский секрет > ',
    'Secret: ',
    'Paste the client secret here: ',
    'Client Secret »',
    'CLIENT SECRET [hidden]: ',
    'Теперь укажите секрет клиента: ',
    'Значение Client secret из пункта 4 >',
    'Пароль клиента: ',
    'Client password [hidden]: ',
  ],
  installer_token_prompt: [
    'Integrational token:',
    'Integration token > ',
    'Токен интеграции: ',
    'Введите Integrational token из пункта 9 установки: ',
    'Enter the token: ',
    'Интеграционный токен (скрыт): ',
    'Вставьте токен для интеграции',
    'Chats token? ',
    'Token ›',
    'Домен принят\nУкажите токен чатов: ',
    'Интеграционный ключ: ',
  ],
};

/** What must not pass for a prompt: its answer would reach the next one, or nobody. */
const noPrompts: Readonly<Record<string, readonly string[]>> = {
  installer_chat_domain_prompt: [
    'Domain chats.example.ru accepted',
    'Checking domain: ',
    'Проверка домена чатов: ',
    'Разрешение имени домена… ',
    'Client ID: ',
    'Integrational token: ',
    'Лицензионный ключ: ',
    '=== Domain setup ===',
    'Настройка домена [ OK ]',
  ],
  installer_license_key_prompt: [
    'Checking license key: ',
    'Checking license key... [OK]',
    'License key accepted.',
    'License key: OK',
    'License key is valid [OK]',
    '=== License key ===',
    'You will be asked for the license key, Client ID and Client secret.',
    'License key accepted\nClient ID: ',
    'License key accepted\n> ',
    'Проверка лицензионного ключа...',
    'Проверяем лицензионный ключ: ',
    'Лицензионный ключ принят',
    'Licence file: ',
    'Файл лицензии: ',
    'Client ID: ',
    'Domain: ',
  ],
  installer_client_id_prompt: [
    'Client ID: abc',
    'Client ID  abc',
    'Client secret: ',
    'Секрет клиента: ',
    'Validating Client ID: ',
    'Using client id abc',
    'Для установки понадобятся лицензионный ключ, Client ID и Client secret.',
    'Лицензионный ключ: ',
    'Domain name: ',
  ],
  installer_client_secret_prompt: [
    'Client ID: ',
    'Client secret: s3cr3t',
    'Введите Client ID: ',
    'Проверка секрета клиента: ',
    'Лицензионный ключ: ',
    'Saving client secret: ',
  ],
  installer_token_prompt: [
    'Chat domain name: ',
    'Токен принят',
    'Token accepted.',
    'Saving token: ',
    'Integrational token: abc',
    'Проверка токена: ',
    'Updating token [ OK ]',
  ],
};

/** A result, and what is to be kept of it. */
const results: readonly (readonly [name: string, text: string, value: string | undefined])[] = [
  ['installer_client_id_pattern', 'Client ID: abc', 'abc'],
  ['installer_client_id_pattern', 'client_id=abc', 'abc'],
  ['installer_client_id_pattern', 'CLIENT ID  abc', 'abc'],
  ['installer_client_id_pattern', 'Client ID:\n  abc', 'abc'],
  ['installer_client_id_pattern', 'Client ID: "abc"', 'abc'],
  ['installer_client_id_pattern', '{"client_id": "abc-1", "client_secret": "def"}', 'abc-1'],
  ['installer_client_secret_pattern', '{"client_id": "abc-1", "client_secret": "def+/="}', 'def+/='],
  ['installer_client_id_pattern', '│ Client ID     │ abc │\n│ Client secret │ def │', 'abc'],
  ['installer_client_secret_pattern', '│ Client ID     │ abc │\n│ Client secret │ def │', 'def'],
  ['installer_client_id_pattern', 'Please save Client ID and Client secret!\nClient ID: 0f9-a\nClient secret: zzz', '0f9-a'],
  ['installer_client_secret_pattern', 'Please save Client ID and Client secret!\nClient ID: 0f9-a\nClient secret: zzz', 'zzz'],
  ['installer_client_id_pattern', 'Client ID: abc, Client secret: def', 'abc'],
  ['installer_client_secret_pattern', 'Client ID: abc, Client secret: def', 'def'],
  ['installer_client_id_pattern', 'Идентификатор клиента: abc', 'abc'],
  ['installer_client_secret_pattern', 'Секрет клиента — d.e.f', 'd.e.f'],
  ['installer_client_id_pattern', "export CLIENT_ID='abc'", 'abc'],
  ['installer_client_id_pattern', 'Client ID and Client secret have been generated: OK\nClient ID: abc', 'abc'],
  ['installer_client_id_pattern', 'Client ID ........ abc', 'abc'],
  ['installer_client_id_pattern', 'Ваш Client ID для чатов: abc.', 'abc'],
  ['installer_client_id_pattern', 'Client ID (сохраните!): abc', 'abc'],
  ['installer_client_id_pattern', 'Client ID is abc', 'abc'],
  ['installer_client_id_pattern', 'Client ID: abc (save it)', 'abc'],
  [
    'installer_client_id_pattern',
    'Введите домен чатов: chats.example.ru\nСформированы параметры, сохраните их!\n  ID клиента      = 77aa\n  Секрет клиента  = 88bb',
    '77aa',
  ],
  [
    'installer_client_secret_pattern',
    'Введите домен чатов: chats.example.ru\nСформированы параметры, сохраните их!\n  ID клиента      = 77aa\n  Секрет клиента  = 88bb',
    '88bb',
  ],
  ['installer_client_secret_pattern', 'Client ID = a\nClient secret = $ecr3t!x', '$ecr3t!x'],
  ['installer_client_secret_pattern', 'Client secret: ********', undefined],
  ['installer_client_id_pattern', 'Chat domain name: chats.example.ru\nChecking client id: done', undefined],
  ['installer_client_id_pattern', 'Save the Client ID\ncarefully', undefined],
  ['installer_client_id_pattern', 'Client ID: see the file on disk', undefined],
  ['installer_token_pattern', 'Integrational token: eyJ.a-b_c', 'eyJ.a-b_c'],
  ['installer_token_pattern', 'Integration token:\n\n    abc==\n', 'abc=='],
  ['installer_token_pattern', 'Токен интеграции: «abc»', 'abc'],
  ['installer_token_pattern', 'INTEGRATIONAL_TOKEN=abc', 'abc'],
  ['installer_token_pattern', 'Integrational token (keep it, you will need it): abc', 'abc'],
  ['installer_token_pattern', 'Сгенерирован Integrational token: abc', 'abc'],
  ['installer_token_pattern', 'Integrational token сгенерирован: abc', 'abc'],
  ['installer_token_pattern', 'Generating integrational token: done\nIntegrational token: abc', 'abc'],
  ['installer_token_pattern', 'Генерация токена интеграции: готово\nТокен интеграции: abc', 'abc'],
  ['installer_token_pattern', 'Integrational token -> abc', 'abc'],
  ['installer_token_pattern', 'Интеграционный токен:  abc', 'abc'],
  ['installer_token_pattern', 'Установка завершена успешно\nIntegrational token\n-----\nabc', 'abc'],
  ['installer_token_pattern', '=== Integrational token ===\nabc\n===========================', 'abc'],
  ['installer_token_pattern', 'Integrational token: <abc>', 'abc'],
  ['installer_token_pattern', 'Integrational token:\tabc', 'abc'],
  ['installer_token_pattern', '| Integrational token | abc |', 'abc'],
  ['installer_token_pattern', 'Here is your integration token: abc. Keep it safe.', undefined],
  ['installer_token_pattern', 'Here is your integration token, keep it safe:\n\n    abc.def', 'abc.def'],
  ['installer_token_pattern', 'Интеграционный токен – сохраните его:\nabc.def', 'abc.def'],
  ['installer_token_pattern', 'The integration token, which takes a while:', undefined],
  ['installer_client_id_pattern', 'Client ID, Client secret: none yet', undefined],
  ['installer_token_pattern', 'Installation completed\n\n  Integrational token:  AAAA.bbbb-CCCC_dddd\n\nBye', 'AAAA.bbbb-CCCC_dddd'],
  ['installer_token_pattern', 'The token of integration will be shown later', undefined],
];

const successes = [
  'Установка успешно завершена.',
  'Установка завершена успешно!',
  'Установка МТС Линк Чаты успешно завершена',
  'Installation completed successfully',
  'Installation is complete.',
  'Installation finished',
  'MTS Link Chats has been installed successfully',
  'Successfully installed',
  'Успешно установлено',
  'Чаты установлены и готовы к работе',
  'Процесс установки окончен',
  'Done!',
  'Готово.',
  '✔ Deployment succeeded',
  'All done',
  'Finished with 0 errors\nInstallation complete',
  'Сервис запущен и готов к работе',
  'Product is up and running',
  'The installation process is over',
];
const noSuccesses = [
  'Starting installation…',
  'Installing packages 12/57',
  'Проверка сертификата',
  'Распаковка архива',
  'incomplete configuration',
  'неуспешно',
  'Установка: шаг 3 из 10',
  'Введите лицензионный ключ: ',
];

const failures = [
  'Установка не завершена',
  'Установка не была завершена',
  'Установка прервана',
  'Установка МТС Линк Чаты не удалась',
  'Установка завершена с ошибками',
  'Ошибка установки: нет места',
  'Ошибка при установке пакета',
  'Не удалось завершить установку',
  'Installation failed',
  'Installation has failed: no space left',
  'Installation was not completed',
  'Installation aborted.',
  'Setup finished with errors',
  'Failed to install Chats',
  'Could not install the product',
  'Установка завершилась ошибкой',
  'Установка завершилась с ошибкой',
  'Установка завершена со сбоями',
  'Установка прекращена',
  'Во время установки произошла ошибка',
  'Произошла ошибка, установка остановлена',
  'An error occurred during installation',
  'Installation error: no space left',
  'Installer exited with error',
  'Installation could not be completed',
];
const noFailures = [
  'Installation completed: 57 ok, 0 failed',
  'Installation finished with 0 errors',
  'Installation completed without errors',
  'Установка завершена без ошибок',
  'Установка успешно завершена. Ошибок: 0',
  'Retrying after error',
  'error_log /var/log/nginx/error.log;',
  'Installing error pages',
  'Установка пакета nginx-errors',
  'При установке ошибок не возникло',
  'Во время установки не произошло ни одной ошибки',
  'Install error handlers',
];

describe.each(Object.entries(prompts))('%s', (name, texts) => {
  const prompt = pattern(defaults, name);
  test.each(texts)('asks: %j', (text) => expect(prompt.finds(text)).toBe(true));
  test.each(texts)('asks below other output: %j', (text) =>
    expect(prompt.finds(`Preparing… 100%\n[ OK ] Files unpacked\n\n${text}`)).toBe(true),
  );
  test.each(noPrompts[name] ?? [])('does not ask: %j', (text) => expect(prompt.finds(text)).toBe(false));
  test.each(texts)('is over once more output follows: %j', (text) =>
    expect(prompt.finds(`${text} answer\nWorking on it.\nStill working.\n`)).toBe(false),
  );
});

// Where two prompts match one line the step that comes first in the dialogue is answered: INST-6 has the chat domain first, since it need not be asked.
describe('no licence key is asked for by what asks for the chat domain', () => {
  const domain = pattern(defaults, 'installer_chat_domain_prompt');
  test.each(prompts['installer_license_key_prompt'] ?? [])('%j', (text) => expect(domain.finds(text)).toBe(false));
});

describe('results', () => {
  test.each(results)('%s on %j', (name, text, value) => expect(pattern(defaults, name).value(text)).toBe(value));
});

describe('installer_success_pattern', () => {
  const success = pattern(defaults, 'installer_success_pattern');
  test.each(successes)('succeeded: %j', (text) => expect(success.finds(text)).toBe(true));
  test.each(noSuccesses)('not yet: %j', (text) => expect(success.finds(text)).toBe(false));
});

describe('installer_failure_pattern', () => {
  const failure = pattern(defaults, 'installer_failure_pattern');
  test.each(failures)('failed: %j', (text) => expect(failure.finds(text)).toBe(true));
  test.each([...noFailures, ...successes])('did not fail: %j', (text) => expect(failure.finds(text)).toBe(false));
});

describe('installer_registry_failure_pattern (PORT-3)', () => {
  const failure = pattern(defaults, 'installer_registry_failure_pattern');
  const guide = 'Error response from daemon: Get "https://premise-registry.mts-link.net/":  \nunauthorized:  \nIncorrect login or password';
  test('the guide prints it on three lines', () => expect(failure.finds(guide)).toBe(true));
  test('on one line', () => expect(failure.finds(guide.replace(/\s+/g, ' '))).toBe(true));
  test('another refusal is another matter', () => expect(failure.finds('unauthorized: authentication required')).toBe(false));
});

describe('installer_token_failure_pattern', () => {
  const failure = pattern(defaults, 'installer_token_failure_pattern');
  test.each([
    'Error: token rejected',
    'ОШИБКА: неверный токен',
    'Invalid token',
    'Токен не принят',
    'Неверный домен чатов',
    'Ошибка подключения к серверу: timeout',
    '[ERROR]: no such host',
  ])('failed: %j', (text) => expect(failure.finds(text)).toBe(true));
  test.each(['Errors: 0', 'Token accepted', 'Токен принят', 'Чаты подключены', 'Done, no errors'])('did not fail: %j', (text) =>
    expect(failure.finds(text)).toBe(false),
  );
});
