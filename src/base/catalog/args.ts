import { defineErrors } from './define.js';

export const args = defineErrors('args', {
  unknown: {
    status: 4,
    en: {
      message: 'unknown argument "{name}" of module "{owner}"',
      explain: 'A misspelt argument would silently change nothing, so every name is checked before a host is contacted.',
      remedy: 'See "chatsctl doc {owner}" for the names.',
    },
    ru: {
      message: 'неизвестный аргумент «{name}» модуля «{owner}»',
      explain: 'Опечатка в имени молча не сделала бы ничего, поэтому имена проверяются до обращения к серверам.',
      remedy: 'Имена показывает «chatsctl doc {owner}».',
    },
  },
  missing: {
    status: 4,
    en: {
      message: '{owner} needs the argument "{name}"',
      explain: 'The argument has no default and the module cannot guess it.',
      remedy: 'Add it; "chatsctl doc {owner}" shows an example.',
    },
    ru: {
      message: 'для {owner} нужен аргумент «{name}»',
      explain: 'У аргумента нет значения по умолчанию, угадать его нельзя.',
      remedy: 'Добавьте его; пример показывает «chatsctl doc {owner}».',
    },
  },
  invalid: {
    status: 4,
    en: {
      message: 'argument "{name}" of {owner}: found {found}, expected {expected}',
      explain: 'The value has another type or form than the module reads.',
      remedy: 'Write the expected form; "chatsctl doc {owner}" shows an example.',
    },
    ru: {
      message: 'аргумент «{name}» у {owner}: найдено {found}, ожидалось {expected}',
      explain: 'Тип или вид значения не тот, который читает модуль.',
      remedy: 'Запишите значение в ожидаемом виде; пример показывает «chatsctl doc {owner}».',
    },
  },
  form: {
    status: 4,
    en: {
      message: 'the arguments of {owner}: found {found}, expected {expected}',
      explain: 'A module takes its arguments as a mapping; only some take a text instead.',
      remedy: 'Write them as "name: value" lines below the module; "chatsctl doc {owner}" shows an example.',
    },
    ru: {
      message: 'аргументы {owner}: найдено {found}, ожидалось {expected}',
      explain: 'Аргументы модуля — словарь; текст вместо него принимают лишь некоторые.',
      remedy: 'Запишите их под именем модуля строками «имя: значение»; пример показывает «chatsctl doc {owner}».',
    },
  },
  exclusive: {
    status: 4,
    en: {
      message: '{owner} takes only one of: {names}',
      explain: 'The arguments contradict each other (or are names of the same one), so it is not clear which should hold.',
      remedy: 'Keep one of them. A value that is not always wanted can be {{ omit }}.',
    },
    ru: {
      message: '{owner} принимает только один из аргументов: {names}',
      explain: 'Аргументы противоречат друг другу (или это разные имена одного), и неясно, какой из них нужен.',
      remedy: 'Оставьте один из них. Значение, нужное не всегда, может быть {{ omit }}.',
    },
  },
  'one-of': {
    status: 4,
    en: {
      message: '{owner} needs one of: {names}',
      explain: 'Without any of them there is nothing that the module could do.',
      remedy: 'Add one; "chatsctl doc {owner}" shows examples.',
    },
    ru: {
      message: 'для {owner} нужен один из аргументов: {names}',
      explain: 'Без них модулю нечего делать.',
      remedy: 'Добавьте один из них; примеры показывает «chatsctl doc {owner}».',
    },
  },
  together: {
    status: 4,
    en: {
      message: '{owner} needs all or none of: {names}',
      explain: 'Each of them has a meaning only with the others.',
      remedy: 'Add what is missing, or leave all of them out.',
    },
    ru: {
      message: 'для {owner} нужны либо все аргументы, либо ни одного: {names}',
      explain: 'Каждый из них имеет смысл только вместе с остальными.',
      remedy: 'Добавьте недостающие или уберите все.',
    },
  },
});
