import { defineErrors } from './define.js';

/** The command line, and what is asked of the operator. */
export const cli = defineErrors('cli', {
  'unknown-option': {
    status: 4,
    en: {
      message: 'unknown option {option} of "{command}"',
      explain: 'An option that is not known is never passed over: it may have been meant to hold something back.',
      remedy: '"{command} --help" lists the options.',
    },
    ru: {
      message: 'у «{command}» нет ключа {option}',
      explain: 'Неизвестный ключ никогда не пропускается: он мог быть задан, чтобы что-то ограничить.',
      remedy: 'Ключи перечисляет «{command} --help».',
    },
  },
  'unknown-command': {
    status: 4,
    en: {
      message: 'unknown command "{name}" of "{command}"',
      explain: 'The first word after the program names what is to be done.',
      remedy: '"{command} --help" lists the commands.',
    },
    ru: {
      message: 'у «{command}» нет команды «{name}»',
      explain: 'Первое слово после имени программы называет, что сделать.',
      remedy: 'Команды перечисляет «{command} --help».',
    },
  },
  'folder-taken': {
    status: 4,
    en: {
      message: 'the folder {path} is not empty: {found}',
      explain: 'A new customer gets a folder of its own; what is in one is never written over.',
      remedy: 'Name a folder that is not there yet, or edit the inventory that is.',
    },
    ru: {
      message: 'каталог {path} не пуст: {found}',
      explain: 'Новый заказчик получает собственный каталог; то, что в нём есть, никогда не перезаписывается.',
      remedy: 'Укажите каталог, которого ещё нет, или правьте имеющийся инвентарь.',
    },
  },
  'option-missing': {
    status: 4,
    en: {
      message: '"{command}" needs {option}: there is nobody to ask',
      explain: 'What no flag says is asked on a terminal; without one, or with --no-input, it must be given.',
      remedy: 'Give the option. "{command} --help" lists them.',
    },
    ru: {
      message: 'для «{command}» нужен ключ {option}: спросить некого',
      explain: 'Что не задано ключом, спрашивается в терминале; без него или с --no-input это нужно задать.',
      remedy: 'Задайте ключ. Их перечисляет «{command} --help».',
    },
  },
  'no-role': {
    status: 4,
    en: {
      message: '{path} is a folder, but not a role',
      explain: 'A role has one of the folders tasks, handlers, defaults, vars, meta.',
      remedy: "Name the role's own folder (roles/<name>), or a playbook's file.",
    },
    ru: {
      message: '{path} — каталог, но не роль',
      explain: 'В роли есть хотя бы один из каталогов tasks, handlers, defaults, vars, meta.',
      remedy: 'Укажите каталог самой роли (roles/<имя>) или файл плейбука.',
    },
  },
  'missing-argument': {
    status: 4,
    en: {
      message: '"{command}" needs the argument <{name}>',
      explain: 'It cannot be guessed.',
      remedy: '"{command} --help" shows what is expected.',
    },
    ru: {
      message: 'для «{command}» нужен аргумент <{name}>',
      explain: 'Угадать его нельзя.',
      remedy: 'Что ожидается, показывает «{command} --help».',
    },
  },
  'excess-argument': {
    status: 4,
    en: {
      message: '"{command}" does not know what to do with "{found}"',
      explain: 'It takes fewer arguments. A text with spaces must be in quotes.',
      remedy: '"{command} --help" shows what is expected.',
    },
    ru: {
      message: '«{command}» не знает, что делать с «{found}»',
      explain: 'Аргументов столько не нужно. Текст с пробелами берётся в кавычки.',
      remedy: 'Что ожидается, показывает «{command} --help».',
    },
  },
  'option-without-value': {
    status: 4,
    en: {
      message: 'the option {option} needs a value',
      explain: 'It stands last, or another option follows it.',
      remedy: 'Write the value after it: {option} VALUE.',
    },
    ru: {
      message: 'ключу {option} нужно значение',
      explain: 'Он стоит последним, или за ним идёт другой ключ.',
      remedy: 'Напишите значение после него: {option} ЗНАЧЕНИЕ.',
    },
  },
  'option-value': {
    status: 4,
    en: {
      message: 'the option {option}: found "{found}", expected {expected}',
      explain: 'The value has another form than the option takes.',
      remedy: 'Correct the value.',
    },
    ru: {
      message: 'ключ {option}: найдено «{found}», ожидалось {expected}',
      explain: 'Значение не того вида, который принимает ключ.',
      remedy: 'Исправьте значение.',
    },
  },
  'no-inventory': {
    status: 4,
    en: {
      message: 'no inventory was given, and the play is for "{hosts}"',
      explain: 'Without an inventory there is only localhost.',
      remedy: 'Name it: -i INVENTORY.',
    },
    ru: {
      message: 'инвентарь не указан, а плейбук — для «{hosts}»',
      explain: 'Без инвентаря есть только localhost.',
      remedy: 'Укажите его: -i ИНВЕНТАРЬ.',
    },
  },
  'inventory-required': {
    status: 4,
    en: {
      message: '"{command}" needs an inventory',
      explain: 'The customer’s store, the record of runs and the hosts belong to an inventory.',
      remedy: 'Name it: -i INVENTORY.',
    },
    ru: {
      message: 'для «{command}» нужен инвентарь',
      explain: 'Хранилище заказчика, записи запусков и серверы относятся к инвентарю.',
      remedy: 'Укажите его: -i ИНВЕНТАРЬ.',
    },
  },
  'no-hosts': {
    status: 4,
    en: {
      message: 'the pattern "{pattern}" matches no host of the inventory',
      explain: 'There is nothing to do it on.',
      remedy: '"chatsctl inventory --graph -i INVENTORY" shows groups and hosts.',
    },
    ru: {
      message: 'шаблону «{pattern}» не соответствует ни один сервер инвентаря',
      explain: 'Выполнять не на чем.',
      remedy: 'Группы и серверы показывает «chatsctl inventory --graph -i ИНВЕНТАРЬ».',
    },
  },
  'extra-vars': {
    status: 4,
    en: {
      message: '-e: found {found}, expected k=v, a mapping in YAML or JSON, or @FILE',
      explain: 'Several k=v may stand in one text; a value with spaces is put in quotes: -e "title=\'two words\'".',
      remedy: 'Write -e name=value, -e "{name: value}" or -e @file.yaml.',
    },
    ru: {
      message: '-e: найдено {found}, ожидалось k=v, словарь YAML или JSON либо @ФАЙЛ',
      explain: 'Пар k=v в одном тексте может быть несколько; значение с пробелами берётся в кавычки: -e "title=\'два слова\'".',
      remedy: 'Пишите -e имя=значение, -e "{имя: значение}" или -e @файл.yaml.',
    },
  },
  'no-task': {
    status: 4,
    en: {
      message: 'no task of the playbook is named "{name}"',
      explain: '--start-at-task begins with a task by its name; with another name the whole playbook would be passed over.',
      remedy: '"--list-tasks" shows the names; * stands for anything.',
    },
    ru: {
      message: 'в плейбуке нет задачи с именем «{name}»',
      explain: '--start-at-task начинает с задачи по имени; с другим именем был бы пропущен весь плейбук.',
      remedy: 'Имена показывает «--list-tasks»; * означает что угодно.',
    },
  },
  'cannot-ask': {
    status: 4,
    en: {
      message: 'an answer is needed and nobody can be asked: {question}',
      explain: 'There is no terminal, or --no-input was given.',
      remedy: 'Run it on a terminal, or give the value beforehand: in the inventory, by -e, or in the secrets store.',
    },
    ru: {
      message: 'нужен ответ, а спросить некого: {question}',
      explain: 'Терминала нет или задан --no-input.',
      remedy: 'Запустите на терминале или задайте значение заранее: в инвентаре, через -e или в хранилище секретов.',
    },
  },
  'answers-differ': {
    status: 4,
    en: {
      message: 'the two answers differ: {question}',
      explain: 'It was asked twice because what is typed is not shown.',
      remedy: 'Start again.',
    },
    ru: {
      message: 'ответы различаются: {question}',
      explain: 'Спрошено дважды, потому что ввод не показывается.',
      remedy: 'Начните снова.',
    },
  },
  'report-unwritable': {
    status: 4,
    en: {
      message: 'the report {path} cannot be written: {reason}',
      explain: 'It is written when the run ends, so its folder is looked at before anything is contacted.',
      remedy: 'Name a file in a folder that is there and that you may write to.',
    },
    ru: {
      message: 'отчёт {path} не записывается: {reason}',
      explain: 'Он пишется в конце запуска, поэтому каталог проверяется до обращения к серверам.',
      remedy: 'Укажите файл в существующем каталоге, доступном для записи.',
    },
  },
  'several-jobs': {
    status: 4,
    en: {
      message: 'the job {id} is on several hosts: {hosts}',
      explain: 'One of them has to be chosen.',
      remedy: 'Name the host: -l HOST.',
    },
    ru: {
      message: 'задание {id} есть на нескольких серверах: {hosts}',
      explain: 'Нужно выбрать один.',
      remedy: 'Укажите сервер: -l СЕРВЕР.',
    },
  },
  'no-keyword': {
    status: 4,
    en: {
      message: 'there is no keyword "{name}"',
      explain: 'It is neither a keyword of plays, blocks and tasks, nor one of Ansible’s that has another form here.',
      remedy: '"chatsctl doc keyword" lists the keywords and where they may stand.',
    },
    ru: {
      message: 'ключевого слова «{name}» нет',
      explain: 'Это ни ключевое слово play, блока или задачи, ни слово Ansible, которое здесь пишется иначе.',
      remedy: 'Ключевые слова и их места показывает «chatsctl doc keyword».',
    },
  },
  'no-doc': {
    status: 4,
    en: {
      message: 'there is no module and no error "{name}"',
      explain: 'The reference knows the modules by the names that playbooks use, and errors by the code that is printed with them.',
      remedy: '"chatsctl doc" lists the modules.',
    },
    ru: {
      message: 'нет ни модуля, ни ошибки «{name}»',
      explain: 'Справка знает модули по именам из плейбуков, а ошибки — по коду, который печатается вместе с ними.',
      remedy: 'Список модулей показывает «chatsctl doc».',
    },
  },
});
