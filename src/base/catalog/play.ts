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
