import { defineErrors } from './define.js';

/** Keywords and modules of plays, blocks and tasks. */
export const playKeyword = defineErrors('play', {
  'unknown-keyword': {
    status: 4,
    en: {
      message: 'unknown keyword "{keyword}" in {where}',
      explain: 'A misspelt keyword would silently change nothing, so every word is checked before a host is contacted.',
      remedy: '"chatsctl doc keyword" lists the keywords and where they may stand.',
    },
    ru: {
      message: 'неизвестное ключевое слово «{keyword}» (место: {where})',
      explain: 'Опечатка в ключевом слове молча не сделала бы ничего, поэтому все слова проверяются до обращения к серверам.',
      remedy: 'Ключевые слова и их места показывает «chatsctl doc keyword».',
    },
  },
  'ansible-keyword': {
    status: 4,
    en: {
      message: '"{keyword}" is Ansible’s and not here',
      explain: 'Ignored, it would change what the playbook does; so it is an error that shows what to write instead.',
      remedy: 'Write it as the hint shows.',
    },
    ru: {
      message: '«{keyword}» есть в Ansible, но не здесь',
      explain: 'Если его пропустить, плейбук сделает не то, что написано; поэтому это ошибка с подсказкой, что писать вместо него.',
      remedy: 'Запишите, как показано в подсказке.',
    },
  },
  'keyword-place': {
    status: 4,
    en: {
      message: '"{keyword}" has no meaning in {where}',
      explain: 'The keyword exists, but not in this place; ignored, it would change what the playbook does.',
      remedy: 'Move it to where it belongs: "chatsctl doc keyword {keyword}".',
    },
    ru: {
      message: '«{keyword}» здесь не имеет смысла (место: {where})',
      explain: 'Такое ключевое слово есть, но не в этом месте; если его пропустить, плейбук сделает не то, что написано.',
      remedy: 'Перенесите его туда, где оно действует: «chatsctl doc keyword {keyword}».',
    },
  },
  'keyword-value': {
    status: 4,
    en: {
      message: '{keyword}: found {found}, expected {expected}',
      explain: 'The value has another type or form than the keyword takes.',
      remedy: 'Write the expected form; "chatsctl doc keyword {keyword}" shows an example.',
    },
    ru: {
      message: '{keyword}: найдено {found}, ожидалось {expected}',
      explain: 'Тип или вид значения не тот, который принимает ключевое слово.',
      remedy: 'Запишите значение в ожидаемом виде; пример показывает «chatsctl doc keyword {keyword}».',
    },
  },
  'keyword-missing': {
    status: 4,
    en: {
      message: '{where} needs "{keyword}"',
      explain: 'Without it there is nothing to be done.',
      remedy: 'Add it.',
    },
    ru: {
      message: 'не хватает «{keyword}» (место: {where})',
      explain: 'Без него делать нечего.',
      remedy: 'Добавьте его.',
    },
  },
  'variable-name': {
    status: 4,
    en: {
      message: '"{name}" is no variable name',
      explain:
        'Names are made of letters, digits and underscores and begin with no digit; otherwise conditions and templates could not name them.',
      remedy: 'Give it another name, with _ in place of other characters.',
    },
    ru: {
      message: '«{name}» не годится в имена переменных',
      explain: 'Имя состоит из латинских букв, цифр и подчёркиваний и не начинается с цифры, иначе условия и шаблоны не смогут её назвать.',
      remedy: 'Переименуйте, заменив прочие знаки на _.',
    },
  },
  'no-module': {
    status: 4,
    en: {
      message: 'the task has no module',
      explain: 'A task names one module, which does the work; this one has keywords only.',
      remedy: 'Add a module: "chatsctl doc module" lists them.',
    },
    ru: {
      message: 'в задаче нет модуля',
      explain: 'Задача называет один модуль, который делает работу; здесь только ключевые слова.',
      remedy: 'Добавьте модуль; список — «chatsctl doc module».',
    },
  },
  'two-modules': {
    status: 4,
    en: {
      message: 'the task has two modules, "{first}" and "{second}"',
      explain: 'One task does one thing; in which order two should run is not said.',
      remedy: 'Make two tasks of it. If one of them is meant as an argument, indent it below its module.',
    },
    ru: {
      message: 'в задаче два модуля: «{first}» и «{second}»',
      explain: 'Одна задача делает одно; порядок двух модулей не указан.',
      remedy: 'Разделите на две задачи. Если одно из них — аргумент, сдвиньте его вправо под модуль.',
    },
  },
  'unknown-module': {
    status: 4,
    en: {
      message: 'there is no module "{name}"',
      explain: 'The word is neither a module nor a keyword.',
      remedy: '"chatsctl doc module" lists the modules.',
    },
    ru: {
      message: 'модуля «{name}» нет',
      explain: 'Это слово — ни модуль, ни ключевое слово.',
      remedy: 'Список модулей — «chatsctl doc module».',
    },
  },
  'two-loops': {
    status: 4,
    en: {
      message: 'the task has two loops, "{first}" and "{second}"',
      explain: 'A task loops over one list.',
      remedy: 'Keep one. For two lists: include_tasks in a loop, with a loop in the included file (loop_control: loop_var).',
    },
    ru: {
      message: 'в задаче два цикла: «{first}» и «{second}»',
      explain: 'Задача обходит один список.',
      remedy: 'Оставьте один. Для двух списков: include_tasks в цикле и цикл в подключаемом файле (loop_control: loop_var).',
    },
  },
});
