import { defineErrors } from './define.js';

export const args = defineErrors('args', {
  unknown: {
    status: 4,
    en: {
      message: 'unknown argument "{name}" of {owner}',
      explain: 'A misspelt argument would silently change nothing, so every name is checked before a host is contacted.',
      remedy: 'See "chatsctl doc {owner}" for the names.',
    },
    ru: {
      message: 'неизвестный аргумент «{name}» у {owner}',
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
});
