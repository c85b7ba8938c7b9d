import { defineErrors } from './define.js';

/** What goes wrong while an inventory, and the variables beside it, are read and asked. */
export const inventory = defineErrors('inventory', {
  'not-found': {
    status: 4,
    en: {
      message: 'there is no inventory {path}',
      explain: 'An inventory is a YAML file, a folder of them, or a list of hosts that has a comma in it.',
      remedy: 'Check the path. A host’s name is made a list by a comma: -i "{path},"',
    },
    ru: {
      message: 'инвентаря {path} нет',
      explain: 'Инвентарь — файл YAML, каталог с такими файлами или список серверов, в котором есть запятая.',
      remedy: 'Проверьте путь. Имя сервера становится списком, если поставить запятую: -i "{path},"',
    },
  },
  ini: {
    status: 4,
    en: {
      message: '{path} is an inventory in INI form, expected YAML',
      explain: 'Inventories are read in Ansible’s YAML form alone: in INI the type of a value depends on where it stands.',
      remedy: 'Convert it with "ansible-inventory -i {path} --list --yaml --output inventory.yaml", or write it as shown.',
    },
    ru: {
      message: '{path} — инвентарь в виде INI, а нужен YAML',
      explain: 'Инвентарь читается только в виде YAML: в INI тип значения зависит от того, где оно стоит.',
      remedy: 'Преобразуйте его командой «ansible-inventory -i {path} --list --yaml --output inventory.yaml» или запишите, как показано.',
    },
  },
  plugin: {
    status: 4,
    en: {
      message: 'this is the configuration of an inventory plugin ("{plugin}"), expected groups and hosts',
      explain: 'Dynamic inventories are Ansible’s; nothing is asked of a cloud here.',
      remedy: 'Write its result into a file: ansible-inventory -i FILE --list --yaml --output inventory.yaml',
    },
    ru: {
      message: 'это настройка модуля инвентаря («{plugin}»), а нужны группы и серверы',
      explain: 'Динамические инвентари есть у Ansible; chatsctl не опрашивает облака.',
      remedy: 'Запишите их результат в файл: ansible-inventory -i ФАЙЛ --list --yaml --output inventory.yaml',
    },
  },
  form: {
    status: 4,
    en: {
      message: '{what}: found {found}, expected {expected}',
      explain: 'A group has hosts, vars and children; each of them is a mapping.',
      remedy: 'Write each name on a line of its own with a colon behind it: "web1:".',
    },
    ru: {
      message: '{what}: найдено {found}, ожидалось {expected}',
      explain: 'У группы есть hosts, vars и children, и каждое — словарь.',
      remedy: 'Пишите каждое имя на отдельной строке с двоеточием: «web1:».',
    },
  },
  'unknown-key': {
    status: 4,
    en: {
      message: 'unknown key "{key}" in the group "{group}", expected hosts, vars or children',
      explain: 'What stands under a misspelt key would silently be no part of the inventory.',
      remedy: 'Variables of a group stand below vars:, groups below children:, servers below hosts:.',
    },
    ru: {
      message: 'неизвестный ключ «{key}» в группе «{group}», ожидались hosts, vars или children',
      explain: 'Всё, что стоит под ключом с опечаткой, молча выпало бы из инвентаря.',
      remedy: 'Переменные группы стоят под vars:, группы — под children:, серверы — под hosts:.',
    },
  },
  cycle: {
    status: 4,
    en: {
      message: 'the group "{group}" would be its own child: {chain}',
      explain: 'Variables of a child win over those of its parent, so a group cannot be both.',
      remedy: 'Remove the group from one of the children: lists.',
    },
    ru: {
      message: 'группа «{group}» стала бы потомком самой себя: {chain}',
      explain: 'Переменные потомка важнее переменных родителя, поэтому группа не может быть и тем и другим.',
      remedy: 'Уберите группу из одного из списков children:.',
    },
  },
  range: {
    status: 4,
    en: {
      message: 'the range in "{name}" cannot be expanded: {reason}',
      explain: 'Ranges are [01:50], [a:f], or with a step [0:10:2].',
      remedy: 'Write begin and end in the same form and length, the smaller first.',
    },
    ru: {
      message: 'диапазон в «{name}» не раскрывается: {reason}',
      explain: 'Диапазоны пишутся [01:50], [a:f] или с шагом [0:10:2].',
      remedy: 'Запишите начало и конец в одном виде и одной длины, меньшее — первым.',
    },
  },
  'same-name': {
    status: 4,
    en: {
      message: '"{name}" is both a group and a host',
      explain: 'A pattern of that name would mean the group, and never the host alone.',
      remedy: 'Rename one of them.',
    },
    ru: {
      message: '«{name}» — и группа, и сервер',
      explain: 'Шаблон с таким именем означал бы группу и никогда — один сервер.',
      remedy: 'Переименуйте что-то одно.',
    },
  },
  'unused-variables': {
    status: 4,
    en: {
      message: '{file} belongs to nothing: the inventory has no {kind} "{name}"',
      explain: 'Variables in it are given to no host.',
      remedy: 'Rename the file after the {kind} that it is meant for.',
    },
    ru: {
      message: '{file} ни к чему не относится: в инвентаре нет такого имени ({kind}): «{name}»',
      explain: 'Переменные из него не достаются ни одному серверу.',
      remedy: 'Переименуйте файл по тому имени, для которого он написан.',
    },
  },
  'shadowed-file': {
    status: 4,
    en: {
      message: '{file} is not read, because {instead} is there',
      explain: 'As in Ansible, the first of NAME (a file or a folder), NAME.yml, NAME.yaml, NAME.json counts.',
      remedy: 'Join the two, for instance as files of the folder NAME/.',
    },
    ru: {
      message: '{file} не читается, потому что есть {instead}',
      explain: 'Как и в Ansible, действует первое из: ИМЯ (файл или каталог), ИМЯ.yml, ИМЯ.yaml, ИМЯ.json.',
      remedy: 'Объедините их, например как файлы каталога ИМЯ/.',
    },
  },
  pattern: {
    status: 4,
    en: {
      message: 'the host pattern "{pattern}" cannot be read: {reason}',
      explain: 'Patterns are names of hosts and groups, globs, ~regex, group[0], joined by ":" or ","; "!" excludes, "&" intersects.',
      remedy: 'Correct the pattern; "chatsctl inventory --graph" shows the names.',
    },
    ru: {
      message: 'шаблон серверов «{pattern}» не читается: {reason}',
      explain: 'Шаблоны — имена серверов и групп, маски, ~regex, group[0], через «:» или «,»; «!» исключает, «&» пересекает.',
      remedy: 'Исправьте шаблон; имена показывает «chatsctl inventory --graph».',
    },
  },
  'no-match': {
    status: 4,
    en: {
      message: 'no host or group matches "{pattern}"',
      explain: 'A play for nobody does nothing, which is hardly what was meant.',
      remedy: '"chatsctl inventory --graph" shows the names.',
    },
    ru: {
      message: 'шаблону «{pattern}» не соответствует ни один сервер и ни одна группа',
      explain: 'Плейбук ни для кого ничего не делает, а это вряд ли имелось в виду.',
      remedy: 'Имена показывает «chatsctl inventory --graph».',
    },
  },
  'limit-file': {
    status: 4,
    en: {
      message: 'the file {file} of --limit cannot be read ({reason})',
      explain: '@FILE stands for the host names in it, one a line.',
      remedy: 'Check the path; a relative one starts at the working directory.',
    },
    ru: {
      message: 'файл {file} из --limit не читается ({reason})',
      explain: '@ФАЙЛ заменяет имена серверов из него, по одному в строке.',
      remedy: 'Проверьте путь; относительный считается от рабочего каталога.',
    },
  },
  'limit-empty': {
    status: 4,
    en: {
      message: '--limit {limit} leaves no host',
      explain: 'Every host of the inventory is excluded, so there is nothing to do.',
      remedy: 'Loosen the pattern; "chatsctl inventory --graph" shows the names.',
    },
    ru: {
      message: '--limit {limit} не оставляет ни одного сервера',
      explain: 'Исключены все серверы инвентаря, делать нечего.',
      remedy: 'Ослабьте шаблон; имена показывает «chatsctl inventory --graph».',
    },
  },
  'unknown-host': {
    status: 4,
    en: {
      message: 'there is no host "{host}" in the inventory',
      explain: 'Only hosts of the inventory, and localhost, have variables and can be reached.',
      remedy: '"chatsctl inventory --graph" shows the names.',
    },
    ru: {
      message: 'в инвентаре нет сервера «{host}»',
      explain: 'Переменные и доступ есть только у серверов инвентаря и у localhost.',
      remedy: 'Имена показывает «chatsctl inventory --graph».',
    },
  },
  connection: {
    status: 4,
    en: {
      message: 'ansible_connection is {found}, expected ssh or local',
      explain: 'Hosts are reached by SSH, and the control machine directly; there are no other connections.',
      remedy: 'Set ansible_connection to ssh or local, or remove it.',
    },
    ru: {
      message: 'ansible_connection — {found}, а возможны ssh и local',
      explain: 'К серверам подключаются по SSH, к управляющей машине — напрямую; других подключений нет.',
      remedy: 'Задайте ansible_connection: ssh или local либо уберите эту переменную.',
    },
  },
  'connection-variable': {
    status: 4,
    en: {
      message: '{name}: found {found}, expected {expected}',
      explain: 'The variable says how a host is reached, so it is checked before any host is.',
      remedy: 'Correct the value where it is set.',
    },
    ru: {
      message: '{name}: найдено {found}, ожидалось {expected}',
      explain: 'Переменная определяет подключение к серверу, поэтому проверяется до него.',
      remedy: 'Исправьте значение там, где оно задано.',
    },
  },
  'ssh-option': {
    status: 4,
    en: {
      message: '{name}: found "{found}", which is not taken over from ssh’s command line',
      explain:
        'Connections are made without the ssh program. Taken over are -J and of -o: ProxyJump, UserKnownHostsFile, StrictHostKeyChecking, IdentityFile, IdentitiesOnly, ConnectTimeout, ServerAliveInterval, ServerAliveCountMax.',
      remedy: 'Remove it, or write what it does for this host into ~/.ssh/config, which is read.',
    },
    ru: {
      message: '{name}: «{found}» из командной строки ssh не перенимается',
      explain:
        'Подключение идёт без программы ssh. Перенимаются -J и из -o: ProxyJump, UserKnownHostsFile, StrictHostKeyChecking, IdentityFile, IdentitiesOnly, ConnectTimeout, ServerAliveInterval, ServerAliveCountMax.',
      remedy: 'Уберите это или запишите для этого сервера в ~/.ssh/config: он читается.',
    },
  },
});
