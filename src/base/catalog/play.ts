import { defineErrors } from './define.js';

export const play = defineErrors('play', {
  'no-playbook': {
    status: 4,
    en: {
      message: 'there is no playbook "{name}"',
      explain: 'A playbook is looked for from the working directory, and then among those that came with the tool.',
      remedy:
        'Check the name. Those that came with the tool: preflight.yaml, prepare-host.yaml, certs.yaml, install-chats.yaml, link-meetings.yaml, install.yaml, verify.yaml.',
    },
    ru: {
      message: 'плейбука «{name}» нет',
      explain: 'Плейбук ищется от рабочего каталога, затем среди поставляемых с инструментом.',
      remedy:
        'Проверьте имя. Поставляемые: preflight.yaml, prepare-host.yaml, certs.yaml, install-chats.yaml, link-meetings.yaml, install.yaml, verify.yaml.',
    },
  },
  empty: {
    status: 4,
    en: {
      message: 'the playbook has no play',
      explain: 'A playbook is a list of plays, each with hosts and tasks.',
      remedy: 'Begin it with: - hosts: all',
    },
    ru: {
      message: 'в плейбуке нет ни одного play',
      explain: 'Плейбук — список play, в каждом hosts и tasks.',
      remedy: 'Начните его так: - hosts: all',
    },
  },
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
  'no-tasks-file': {
    status: 4,
    en: {
      message: 'there is no file of tasks "{file}"',
      explain: 'It is looked for beside the file that names it, in the role’s tasks/, and beside the playbook.',
      remedy: 'Check the name and where the file lies.',
    },
    ru: {
      message: 'файла задач «{file}» нет',
      explain: 'Он ищется рядом с называющим его файлом, в tasks/ роли и рядом с плейбуком.',
      remedy: 'Проверьте имя и расположение файла.',
    },
  },
  'import-cycle': {
    status: 4,
    en: {
      message: '{what} imports itself in a circle',
      explain: 'Imports are expanded when the playbook is read, so a circle would never end.',
      remedy: 'Break the circle; what has to be repeated is an include_tasks with a condition.',
    },
    ru: {
      message: '{what}: импорт по кругу',
      explain: 'Импорты раскрываются при чтении плейбука, и круг никогда бы не кончился.',
      remedy: 'Разорвите круг; повторение пишется как include_tasks с условием.',
    },
  },
  'import-dynamic': {
    status: 4,
    en: {
      message: '{what}: its name is a template',
      explain: 'Imports and role lists are expanded when the playbook is read, before any variable of a host is known.',
      remedy: 'Use include_tasks or include_role, which are evaluated when they are reached.',
    },
    ru: {
      message: '{what}: имя задано шаблоном',
      explain: 'Импорты и списки ролей раскрываются при чтении плейбука, когда переменные серверов ещё неизвестны.',
      remedy: 'Используйте include_tasks или include_role: они вычисляются, когда до них дойдёт дело.',
    },
  },
  free: {
    status: 4,
    en: {
      message: '{keyword} does not hold under "strategy: free"',
      explain:
        'There each host goes at its own pace, as in Ansible: nothing waits for the others, so no failure stops them and a task with run_once runs on every host.',
      remedy: 'Leave "strategy: free" out of the play where the hosts depend on each other.',
    },
    ru: {
      message: 'со «strategy: free» {keyword} не действует',
      explain:
        'При ней каждый сервер идёт своим темпом, как и в Ansible: никто не ждёт остальных, поэтому сбой одного их не останавливает, а задача с run_once выполняется на каждом.',
      remedy: 'Уберите «strategy: free» из play, в котором серверы зависят друг от друга.',
    },
  },
  'start-not-reached': {
    status: 4,
    en: {
      message: 'the task to start at was not reached, and nothing was done: {name}',
      explain: 'The tags leave it out, or its play has no hosts (the inventory, --limit).',
      remedy: '"--list-tasks" with the same flags shows what is chosen, "--list-hosts" the hosts of each play.',
    },
    ru: {
      message: 'до задачи, с которой следовало начать, дело не дошло, и ничего не сделано: {name}',
      explain: 'Её исключают теги, либо у её play нет серверов (инвентарь, --limit).',
      remedy: 'Что выбрано, показывает «--list-tasks» с теми же ключами, серверы — «--list-hosts».',
    },
  },
  'handler-unknown': {
    status: 4,
    en: {
      message: 'no handler is named "{name}" or listens to it',
      explain: 'A notification that nobody hears would leave a service with its old configuration.',
      remedy: 'Check the name; a handler of a role can be named as "role : name".',
    },
    ru: {
      message: 'нет обработчика с именем или темой «{name}»',
      explain: 'Уведомление без обработчика оставило бы службу со старыми настройками.',
      remedy: 'Проверьте имя; обработчик роли можно назвать «роль : имя».',
    },
  },
  'handler-kind': {
    status: 4,
    en: {
      message: '{found} cannot be a handler',
      explain: 'A handler is a task, or an include_tasks that runs whole.',
      remedy: 'Write a task for it; several tasks can listen to one topic (listen).',
    },
    ru: {
      message: 'это не может быть обработчиком: {found}',
      explain: 'Обработчик — задача или include_tasks, который выполняется целиком.',
      remedy: 'Запишите отдельную задачу; несколько задач могут слушать одну тему (listen).',
    },
  },
  'handler-duplicate': {
    status: 4,
    en: {
      message: 'a second handler is named "{name}", the first is in line {line}',
      explain: 'The later one shadows the earlier, which will never run.',
      remedy: 'Name them differently and let both listen to one topic (listen).',
    },
    ru: {
      message: 'второй обработчик с именем «{name}», первый в строке {line}',
      explain: 'Поздний закрывает ранний, и тот никогда не выполнится.',
      remedy: 'Назовите их по-разному, пусть оба слушают одну тему (listen).',
    },
  },
  'mode-decimal': {
    status: 4,
    en: {
      message: 'the number {found} as permission bits is {octal} in octal',
      explain: 'YAML reads a number without a leading 0 as decimal, as Ansible does.',
      remedy: "Write it in quotes with a leading 0: '0644'.",
    },
    ru: {
      message: 'число {found} как права доступа — это {octal} в восьмеричной записи',
      explain: 'Число без ведущего нуля YAML читает как десятичное, так же делает Ansible.',
      remedy: "Запишите в кавычках с ведущим нулём: '0644'.",
    },
  },
  'unknown-variable': {
    status: 4,
    en: {
      message: 'no file defines the variable "{name}"',
      explain:
        'It is in no inventory, play, role, vars file or register that could be seen; unless it is given by -e or the store, its use will fail.',
      remedy: 'Check the name, or define it.',
    },
    ru: {
      message: 'переменная «{name}» нигде не определена',
      explain:
        'Её нет ни в инвентаре, ни в плейбуке, ни в ролях, ни в файлах переменных, ни в register; если её не дадут -e или хранилище, будет ошибка.',
      remedy: 'Проверьте имя или определите её.',
    },
  },
  'letters-in-pattern': {
    status: 4,
    en: {
      message: 'the pattern has {found} beside Cyrillic, where it means no letter',
      explain: 'In RE2 \\w and \\b know Latin letters only: \\bпароль\\b matches nothing.',
      remedy: 'Write \\pL for a letter, and (^|[^\\pL]) where a word begins.',
    },
    ru: {
      message: 'в шаблоне рядом с кириллицей стоит {found}, а букв он там не означает',
      explain: 'В RE2 \\w и \\b знают только латиницу: \\bпароль\\b не найдёт ничего.',
      remedy: 'Пишите \\pL для буквы и (^|[^\\pL]) для начала слова.',
    },
  },
  'reserved-name': {
    status: 4,
    en: {
      message: 'the variable "{name}" has the name of a reserved word of conditions',
      explain: 'CEL keeps this word for itself, so a condition cannot name the variable.',
      remedy: 'Give it another name, or write vars["{name}"] in conditions.',
    },
    ru: {
      message: 'имя переменной «{name}» — зарезервированное слово условий',
      explain: 'CEL оставляет это слово себе, и условие не может назвать переменную.',
      remedy: 'Переименуйте её или пишите в условиях vars["{name}"].',
    },
  },
});
