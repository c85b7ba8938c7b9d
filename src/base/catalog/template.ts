import { defineErrors } from './define.js';

export const template = defineErrors('template', {
  syntax: {
    status: 4,
    en: {
      message: 'the template cannot be read: {reason}',
      explain: 'Templates are Handlebars: {{ name }}, {{ helper argument }}, {{#if x}}…{{/if}}, {{#each list}}…{{/each}}.',
      remedy: 'Mend the expression at the place shown. A literal "{{" is written \\{{ , or the whole value is tagged !unsafe in YAML.',
    },
    ru: {
      message: 'шаблон не читается: {reason}',
      explain: 'Шаблоны пишутся на Handlebars: {{ имя }}, {{ функция аргумент }}, {{#if x}}…{{/if}}, {{#each список}}…{{/each}}.',
      remedy:
        'Исправьте выражение в указанном месте. Сами скобки «{{» пишутся как \\{{ , либо всё значение помечается в YAML тегом !unsafe.',
    },
  },
  jinja: {
    status: 4,
    en: {
      message: 'found Jinja ("{found}"), expected Handlebars: {instead}',
      explain:
        'Templates here are Handlebars, not Jinja: helpers come before their arguments, and there are no filters, tests or {% %} blocks.',
      remedy: 'Write it as shown; "chatsctl doc templates" lists the helpers.',
    },
    ru: {
      message: 'найден Jinja («{found}»), а ожидается Handlebars: {instead}',
      explain: 'Шаблоны здесь — Handlebars, а не Jinja: функция пишется перед аргументами, фильтров, проверок is и блоков {% %} нет.',
      remedy: 'Запишите, как показано; список функций — «chatsctl doc templates».',
    },
  },
  undefined: {
    status: 4,
    en: {
      message: 'the variable "{name}" is not defined',
      explain:
        'A missing value is an error and never an empty string: an empty address or path in a configuration does more harm than a stopped run.',
      remedy: 'Define the variable, or say what to use without it: {{ default NAME "value" }}. {{ default NAME omit }} drops the argument.',
    },
    ru: {
      message: 'переменная «{name}» не определена',
      explain: 'Отсутствующее значение — ошибка, а не пустая строка: пустой адрес или путь в настройках вреднее остановленного запуска.',
      remedy:
        'Задайте переменную или укажите, что взять вместо неё: {{ default ИМЯ "значение" }}. {{ default ИМЯ omit }} убирает аргумент.',
    },
  },
  'unknown-helper': {
    status: 4,
    en: {
      message: 'there is no template helper "{name}"',
      explain: 'An expression of several words calls the helper that its first word names.',
      remedy: '"chatsctl doc templates" lists the helpers. A plain variable is written alone: {{ name }}.',
    },
    ru: {
      message: 'функции шаблона «{name}» нет',
      explain: 'Выражение из нескольких слов вызывает функцию, названную первым словом.',
      remedy: 'Список функций — «chatsctl doc templates». Просто переменная пишется одна: {{ имя }}.',
    },
  },
  arguments: {
    status: 4,
    en: {
      message: 'the helper "{helper}" was given {found}, expected {expected}',
      explain: 'A helper with a missing or surplus argument would do something other than it reads.',
      remedy: 'Write the arguments as expected; "chatsctl doc templates" has an example of each helper.',
    },
    ru: {
      message: 'функции «{helper}» дано: {found}, ожидалось: {expected}',
      explain: 'Функция с недостающим или лишним аргументом сделала бы не то, что написано.',
      remedy: 'Запишите аргументы, как ожидается; пример каждой функции — «chatsctl doc templates».',
    },
  },
  'helper-failed': {
    status: 4,
    en: {
      message: 'the helper "{helper}" failed: {reason}',
      explain: 'The helper could not make a value of what it was given.',
      remedy: 'Check the argument at the place shown.',
    },
    ru: {
      message: 'функция «{helper}» не выполнена: {reason}',
      explain: 'Из переданного функция не смогла получить значение.',
      remedy: 'Проверьте аргумент в указанном месте.',
    },
  },
  'not-text': {
    status: 4,
    en: {
      message: '"{expression}" is {found} and cannot stand within text',
      explain:
        'Within text only strings, numbers and booleans have one obvious form. A value that is a template alone ("{{ list }}") keeps its type.',
      remedy: 'Say which form is meant: {{ join list "," }}, {{ to_json value }}, or {{#each list}}…{{/each}}.',
    },
    ru: {
      message: '«{expression}» — {found}, вставить это в текст нельзя',
      explain:
        'В тексте однозначно выглядят только строки, числа и логические значения. Значение из одного шаблона («{{ list }}») сохраняет тип.',
      remedy: 'Укажите нужный вид: {{ join list "," }}, {{ to_json value }} или {{#each list}}…{{/each}}.',
    },
  },
  'not-iterable': {
    status: 4,
    en: {
      message: '#each goes over a list or a mapping, found {found}',
      explain: 'A single value is not taken for a list of one: a misspelt variable would go unnoticed.',
      remedy: 'Give it a list or a mapping.',
    },
    ru: {
      message: '#each обходит список или словарь, найдено {found}',
      explain: 'Одиночное значение не считается списком из одного элемента: так осталась бы незамеченной опечатка.',
      remedy: 'Передайте список или словарь.',
    },
  },
  unsupported: {
    status: 4,
    en: {
      message: 'templates here have no {what}',
      explain: 'Of Handlebars everything works but partials from files, decorators of one’s own and registered code.',
      remedy: 'Write the text in place, or as {{#*inline "name"}}…{{/inline}} in the same file.',
    },
    ru: {
      message: 'в здешних шаблонах нет возможности: {what}',
      explain: 'Из Handlebars работает всё, кроме частей из других файлов, своих декораторов и своего кода.',
      remedy: 'Запишите текст на месте или как {{#*inline "имя"}}…{{/inline}} в том же файле.',
    },
  },
});
