import { defineErrors } from './define.js';

export const expression = defineErrors('expression', {
  syntax: {
    status: 4,
    en: {
      message: 'the expression cannot be read: {reason}',
      explain: 'Conditions are CEL expressions: ==, !=, <, &&, ||, !, in, size(x), x.startsWith("a"), x.matches("re").',
      remedy: 'Mend the expression at the place shown. In YAML put expressions that hold quotes or ": " in single quotes or after ">-".',
    },
    ru: {
      message: 'выражение не читается: {reason}',
      explain: 'Условия пишутся на CEL: ==, !=, <, &&, ||, !, in, size(x), x.startsWith("a"), x.matches("re").',
      remedy:
        'Исправьте выражение в указанном месте. В YAML выражения с кавычками или «: » заключайте в одинарные кавычки или пишите после «>-».',
    },
  },
  jinja: {
    status: 4,
    en: {
      message: 'found "{found}", which is Jinja; a condition is CEL: {instead}',
      explain: 'Conditions are written in CEL, the Common Expression Language, where Ansible has Jinja.',
      remedy: 'Write it as shown; "chatsctl doc conditions" has the whole list.',
    },
    ru: {
      message: 'найдено «{found}» — это Jinja, а условие пишется на CEL: {instead}',
      explain: 'Условия пишутся на CEL (Common Expression Language), где у Ansible Jinja.',
      remedy: 'Запишите, как показано; весь список — «chatsctl doc conditions».',
    },
  },
  'reserved-word': {
    status: 4,
    en: {
      message: '"{name}" is a reserved word of CEL and no variable name',
      explain:
        'The language keeps these words for itself: as break const continue else for function if import in let loop namespace package return var void while.',
      remedy: 'Reach the variable as vars["{name}"], or give it another name.',
    },
    ru: {
      message: '«{name}» — зарезервированное слово CEL, а не имя переменной',
      explain:
        'Язык оставляет эти слова себе: as break const continue else for function if import in let loop namespace package return var void while.',
      remedy: 'Обратитесь к переменной как vars["{name}"] или дайте ей другое имя.',
    },
  },
  undefined: {
    status: 4,
    en: {
      message: 'the variable "{name}" is not defined',
      explain: 'A condition on a missing value is an error and not false: a misspelt name would silently skip its task.',
      remedy: 'Define the variable, test it with defined("NAME"), or give a default: default(NAME, value).',
    },
    ru: {
      message: 'переменная «{name}» не определена',
      explain: 'Условие от отсутствующего значения — ошибка, а не ложь: опечатка молча пропустила бы задачу.',
      remedy: 'Задайте переменную, проверьте её через defined("ИМЯ") или укажите замену: default(ИМЯ, значение).',
    },
  },
  'no-such-key': {
    status: 4,
    en: {
      message: 'there is no "{key}" in "{of}"',
      explain: 'The value exists, but has no such key or index.',
      remedy: 'Check the name; test for it with has(a.b), or give a default: default(a.b, value).',
    },
    ru: {
      message: 'в «{of}» нет «{key}»',
      explain: 'Само значение есть, но такого ключа или номера в нём нет.',
      remedy: 'Проверьте имя; наличие проверяет has(a.b), замену даёт default(a.b, значение).',
    },
  },
  type: {
    status: 4,
    en: {
      message: 'the types do not fit: {reason}',
      explain: 'CEL compares and computes only what is of one kind: a string is no number, and only true and false are conditions.',
      remedy: 'Convert one side: int(x), double(x), string(x).',
    },
    ru: {
      message: 'типы не подходят: {reason}',
      explain: 'CEL сравнивает и вычисляет только однородное: строка — не число, условие — только true и false.',
      remedy: 'Приведите одну из сторон: int(x), double(x), string(x).',
    },
  },
  'no-function': {
    status: 4,
    en: {
      message: 'there is no function or method "{name}"',
      explain:
        'Conditions have the functions and methods of CEL, and some of chatsctl; the filters and methods of Jinja are not among them.',
      remedy: '"chatsctl doc conditions" lists them all.',
    },
    ru: {
      message: 'функции или метода «{name}» нет',
      explain: 'В условиях есть функции и методы CEL и несколько своих у chatsctl; фильтров и методов Jinja среди них нет.',
      remedy: 'Все перечисляет «chatsctl doc conditions».',
    },
  },
  'not-boolean': {
    status: 4,
    en: {
      message: 'a condition must be true or false, "{expression}" is {found}',
      explain: 'Nothing else is taken for true: neither a number, nor a text that is not empty.',
      remedy: 'Say what is meant: x != "", size(x) > 0, x == 0, defined("x").',
    },
    ru: {
      message: 'условие должно быть true или false, а «{expression}» — {found}',
      explain: 'Ничто другое истиной не считается: ни число, ни непустой текст.',
      remedy: 'Напишите, что имеется в виду: x != "", size(x) > 0, x == 0, defined("x").',
    },
  },
  'variable-not-boolean': {
    status: 4,
    en: {
      message: 'the variable "{name}" is no condition: it is {found}, set by {origin}',
      explain: 'A variable alone is a condition when it is true or false. A text such as "no" would otherwise count as true.',
      remedy: 'Set it without quotes (true, false, yes, no), or compare it: {name} == "value".',
    },
    ru: {
      message: 'переменная «{name}» — не условие: это {found}, откуда: {origin}',
      explain: 'Переменная сама по себе — условие, когда она true или false. Иначе текст «no» считался бы истиной.',
      remedy: 'Задайте её без кавычек (true, false, yes, no) или сравните: {name} == "значение".',
    },
  },
  failed: {
    status: 4,
    en: {
      message: 'the expression failed: {reason}',
      explain: 'It could be read, but not computed with the values that its variables have.',
      remedy: 'Check the values at the place shown; "debug" prints them.',
    },
    ru: {
      message: 'выражение не вычислено: {reason}',
      explain: 'Оно прочитано, но с имеющимися значениями переменных не вычисляется.',
      remedy: 'Проверьте значения в указанном месте; их печатает «debug».',
    },
  },
  regex: {
    status: 4,
    en: {
      message: 'the regular expression "{pattern}" cannot be used: {reason}',
      explain: 'Regular expressions are RE2: no input makes them hang, and there is no look-around and no back-reference.',
      remedy: 'Mend the pattern. In YAML write patterns in single quotes, so that a backslash stays one.',
    },
    ru: {
      message: 'регулярное выражение «{pattern}» не годится: {reason}',
      explain: 'Регулярные выражения — RE2: никакой текст не заставит их зависнуть; просмотра вперёд и назад и обратных ссылок нет.',
      remedy: 'Исправьте шаблон. В YAML пишите такие шаблоны в одинарных кавычках, чтобы обратная косая черта осталась одна.',
    },
  },
});
