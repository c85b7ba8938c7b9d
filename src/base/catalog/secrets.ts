import { defineErrors } from './define.js';

const LOCK_TEXT = 'Every write reads the store again under a lock, so that two runs never lose each other’s values.';

export const secrets = defineErrors('secrets', {
  missing: {
    status: 5,
    en: {
      message: 'there is no secrets store at {path}',
      explain: 'The customer’s secrets are kept in one encrypted file beside the inventory.',
      remedy: 'Make it with "chatsctl secrets init -i INVENTORY".',
    },
    ru: {
      message: 'хранилища секретов {path} нет',
      explain: 'Секреты заказчика хранятся в одном зашифрованном файле рядом с инвентарём.',
      remedy: 'Создайте его: «chatsctl secrets init -i ИНВЕНТАРЬ».',
    },
  },
  exists: {
    status: 5,
    en: {
      message: 'there is already a secrets store at {path}',
      explain: 'A new store would take the place of the secrets in it, some of which exist nowhere else.',
      remedy: 'Use it as it is, or move it away first. "chatsctl secrets rekey" changes who can open it.',
    },
    ru: {
      message: 'хранилище секретов {path} уже есть',
      explain: 'Новое заменило бы собой секреты, часть которых больше нигде не записана.',
      remedy: 'Пользуйтесь им или сначала переместите его. Кто может его открыть, меняет «chatsctl secrets rekey».',
    },
  },
  'no-key': {
    status: 5,
    en: {
      message: 'the secrets store {path} is encrypted {with}, and none was given',
      explain: 'Without it the store cannot be opened.',
      remedy:
        'Name an identity file (--identity or CHATSCTL_IDENTITY), or give the passphrase in CHATSCTL_SECRETS_PASSPHRASE or at the prompt.',
    },
    ru: {
      message: 'хранилище секретов {path} зашифровано ({with}), а ключ не передан',
      explain: 'Без него хранилище не открыть.',
      remedy: 'Укажите файл ключа (--identity или CHATSCTL_IDENTITY) либо пароль в CHATSCTL_SECRETS_PASSPHRASE или по запросу.',
    },
  },
  passphrase: {
    status: 5,
    en: {
      message: 'the passphrase does not open the secrets store {path}',
      explain: 'The store is encrypted with another passphrase. Nothing was contacted or changed.',
      remedy: 'Check the keyboard layout, the customer’s folder, and CHATSCTL_SECRETS_PASSPHRASE.',
    },
    ru: {
      message: 'пароль не подходит к хранилищу секретов {path}',
      explain: 'Хранилище зашифровано другим паролем. Ни к чему не обращались, ничего не изменено.',
      remedy: 'Проверьте раскладку клавиатуры, каталог заказчика и CHATSCTL_SECRETS_PASSPHRASE.',
    },
  },
  identity: {
    status: 5,
    en: {
      message: 'the identity in {identity} does not open the secrets store {path}',
      explain: 'The store is encrypted to other recipients.',
      remedy: 'Use the identity of one of them, or ask one of them to add you with "chatsctl secrets rekey --recipient".',
    },
    ru: {
      message: 'ключ из {identity} не подходит к хранилищу секретов {path}',
      explain: 'Хранилище зашифровано для других получателей.',
      remedy: 'Возьмите ключ одного из них или попросите их добавить вас: «chatsctl secrets rekey --recipient».',
    },
  },
  'identity-readable': {
    status: 5,
    en: {
      message: 'the identity file {identity} can be read by others (mode {mode})',
      explain: 'Whoever reads it opens the store, as with a private SSH key.',
      remedy: 'Run: chmod 600 {identity}',
    },
    ru: {
      message: 'файл ключа {identity} могут читать посторонние (права {mode})',
      explain: 'Прочитавший его откроет хранилище, как и с закрытым ключом SSH.',
      remedy: 'Выполните: chmod 600 {identity}',
    },
  },
  'identity-unreadable': {
    status: 5,
    en: {
      message: 'the identity file {identity} cannot be used: {reason}',
      explain: 'It holds a line that begins with AGE-SECRET-KEY-, as age-keygen writes it.',
      remedy: 'Check the path; "age-keygen -o FILE" makes a new one.',
    },
    ru: {
      message: 'файл ключа {identity} не годится: {reason}',
      explain: 'В нём должна быть строка, которая начинается с AGE-SECRET-KEY-, как её пишет age-keygen.',
      remedy: 'Проверьте путь; новый создаёт «age-keygen -o ФАЙЛ».',
    },
  },
  recipient: {
    status: 5,
    en: {
      message: '"{recipient}" is no age recipient',
      explain: 'A recipient is a public key that begins with age1.',
      remedy: '"age-keygen -y IDENTITY-FILE" prints it.',
    },
    ru: {
      message: '«{recipient}» — не получатель age',
      explain: 'Получатель — открытый ключ, он начинается с age1.',
      remedy: 'Его печатает «age-keygen -y ФАЙЛ-КЛЮЧА».',
    },
  },
  damaged: {
    status: 5,
    en: {
      message: 'the secrets store {path} is damaged: {reason}',
      explain: 'It is not what this tool wrote: cut off, edited, or changed in transit. Nothing was overwritten.',
      remedy: 'Bring back the last good copy (backup, version control).',
    },
    ru: {
      message: 'хранилище секретов {path} повреждено: {reason}',
      explain: 'Это не то, что записал инструмент: файл обрезан, изменён или испорчен при передаче. Ничего не перезаписано.',
      remedy: 'Верните последнюю исправную копию (резервная копия, система версий).',
    },
  },
  version: {
    status: 5,
    en: {
      message: 'the secrets store {path} is of version {found}, this tool reads {expected}',
      explain: 'It was written by a newer chatsctl.',
      remedy: 'Update chatsctl.',
    },
    ru: {
      message: 'хранилище секретов {path} версии {found}, здесь читается {expected}',
      explain: 'Его записала более новая chatsctl.',
      remedy: 'Обновите chatsctl.',
    },
  },
  unwritable: {
    status: 5,
    en: {
      message: 'the secrets store {path} cannot be written: {reason}',
      explain:
        'A run that could not keep what a server issues once would lose it, so none is started. Where the disk became full on the way, the value stays on the host, and the next run takes it from there.',
      remedy: 'Make the folder writable for you, and check the free space (df -h); then run the same command again.',
    },
    ru: {
      message: 'хранилище секретов {path} не записывается: {reason}',
      explain:
        'Запуск, который не сможет сохранить выданное сервером один раз, потерял бы его, поэтому не начинается. Если место кончилось по ходу запуска, значение остаётся на сервере, и следующий запуск возьмёт его оттуда.',
      remedy: 'Дайте себе право писать в каталог и проверьте свободное место (df -h), затем повторите ту же команду.',
    },
  },
  locked: {
    status: 5,
    en: {
      message: 'the secrets store {path} is being written by another process',
      explain: LOCK_TEXT,
      remedy: 'Try again. If no other process is at work, remove {path}.lock.',
    },
    ru: {
      message: 'хранилище секретов {path} сейчас записывает другой процесс',
      explain: 'Перед записью хранилище перечитывается под блокировкой, чтобы запуски не теряли значений друг друга.',
      remedy: 'Повторите. Если других процессов нет, удалите {path}.lock.',
    },
  },
});
