import { defineErrors } from './define.js';

/** The commands around the store: what `chatsctl secrets` refuses. */
export const secretsCommand = defineErrors('cli', {
  'secret-argument': {
    status: 4,
    en: {
      message: 'the value of "{name}" was written on the command line',
      explain: 'Everybody on this machine can read command lines, and the shell keeps them in its history.',
      remedy:
        'Type it at the prompt, or send it on standard input: chatsctl secrets set {name} -i INVENTORY <FILE. Change the secret if others may have seen it.',
    },
    ru: {
      message: 'значение «{name}» написано в командной строке',
      explain: 'Командные строки видят все на этой машине, а оболочка хранит их в истории.',
      remedy:
        'Введите его по запросу или передайте через стандартный ввод: chatsctl secrets set {name} -i ИНВЕНТАРЬ <ФАЙЛ. Смените секрет, если его могли увидеть.',
    },
  },
  'secret-name': {
    status: 4,
    en: {
      message: '"{name}" is no name of a variable',
      explain: 'Playbooks use what is in the store as variables: letters, digits and _, not beginning with a digit.',
      remedy: 'Choose such a name.',
    },
    ru: {
      message: '«{name}» — не имя переменной',
      explain: 'Плейбуки берут значения хранилища как переменные: буквы, цифры и _, первая не цифра.',
      remedy: 'Выберите такое имя.',
    },
  },
  'secret-empty': {
    status: 4,
    en: {
      message: 'no value came for "{name}"',
      explain: 'Standard input was empty. The store is as it was.',
      remedy: 'Send the value on standard input, or run it on a terminal.',
    },
    ru: {
      message: 'для «{name}» не пришло значения',
      explain: 'Стандартный ввод пуст. Хранилище не изменено.',
      remedy: 'Передайте значение через стандартный ввод или запустите на терминале.',
    },
  },
  'no-secret': {
    status: 4,
    en: {
      message: 'the secrets store {path} has no "{name}"',
      explain: 'It was never set, or was deleted.',
      remedy: '"chatsctl secrets show -i INVENTORY" lists the names.',
    },
    ru: {
      message: 'в хранилище секретов {path} нет «{name}»',
      explain: 'Значение не задавалось или удалено.',
      remedy: 'Имена показывает «chatsctl secrets show -i ИНВЕНТАРЬ».',
    },
  },
  'no-ram-disk': {
    status: 4,
    en: {
      message: 'there is no folder in memory to edit the secrets in (looked at {folders})',
      explain: 'On a disk the plain text could be found long after it was deleted.',
      remedy: 'Use "chatsctl secrets set NAME" for each value.',
    },
    ru: {
      message: 'нет каталога в памяти, чтобы править секреты (проверены {folders})',
      explain: 'На диске открытый текст можно найти и после удаления.',
      remedy: 'Задавайте значения по одному: «chatsctl secrets set ИМЯ».',
    },
  },
  editor: {
    status: 4,
    en: {
      message: 'the editor "{editor}" ended with an error: {reason}',
      explain: 'The store is as it was.',
      remedy: 'Set EDITOR to an editor that is installed.',
    },
    ru: {
      message: 'редактор «{editor}» завершился с ошибкой: {reason}',
      explain: 'Хранилище не изменено.',
      remedy: 'Укажите в EDITOR установленный редактор.',
    },
  },
  edited: {
    status: 4,
    en: {
      message: 'what was edited is no list of secrets: {reason}',
      explain: 'The file is a YAML mapping from names to texts. The store is as it was.',
      remedy: 'Edit again.',
    },
    ru: {
      message: 'отредактированное — не список секретов: {reason}',
      explain: 'Файл — словарь YAML: имя и текст. Хранилище не изменено.',
      remedy: 'Отредактируйте снова.',
    },
  },
});
