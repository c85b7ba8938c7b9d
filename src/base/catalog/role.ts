import { defineErrors } from './define.js';

export const role = defineErrors('role', {
  'not-found': {
    status: 4,
    en: {
      message: 'there is no role "{name}" in {searched}',
      explain:
        'Roles are looked for beside the playbook, in roles/ upward to the project root, in --roles-path, and among those of the tool.',
      remedy: 'Check the name, or name the folder: --roles-path DIR.',
    },
    ru: {
      message: 'роли «{name}» нет в {searched}',
      explain: 'Роли ищутся рядом с плейбуком, в roles/ выше до корня проекта, в --roles-path и среди поставляемых.',
      remedy: 'Проверьте имя или укажите каталог: --roles-path КАТАЛОГ.',
    },
  },
  'no-entry': {
    status: 4,
    en: {
      message: 'the role "{role}" has no {part}/{from}',
      explain: 'tasks_from and its like name a file of the role.',
      remedy: 'Check the name against the files of the role.',
    },
    ru: {
      message: 'в роли «{role}» нет {part}/{from}',
      explain: 'tasks_from и подобные называют файл роли.',
      remedy: 'Сверьте имя с файлами роли.',
    },
  },
  'unknown-parameter': {
    status: 4,
    en: {
      message: 'the role "{role}" knows no parameter "{name}"',
      explain:
        'A misspelt parameter would silently change nothing. Known are the options of meta/argument_specs.yaml, the defaults and the vars of the role.',
      remedy: 'Check the name: "chatsctl doc {role}". A variable that is meant for something else goes under vars.',
    },
    ru: {
      message: 'роль «{role}» не знает параметра «{name}»',
      explain: 'Опечатка в имени молча не сделала бы ничего. Известны параметры из meta/argument_specs.yaml, defaults и vars роли.',
      remedy: 'Проверьте имя: «chatsctl doc {role}». Переменную для другой цели запишите под vars.',
    },
  },
  'missing-argument': {
    status: 4,
    en: {
      message: 'the role "{role}" needs the variable "{name}"',
      explain: 'It has no default, and the role cannot guess it.',
      remedy: 'Set it in the inventory under vars, or by -e {name}=….',
    },
    ru: {
      message: 'роли «{role}» нужна переменная «{name}»',
      explain: 'У неё нет значения по умолчанию, угадать его роль не может.',
      remedy: 'Задайте её в инвентаре под vars или через -e {name}=….',
    },
  },
  'missing-secret': {
    status: 4,
    en: {
      message: 'the role "{role}" needs the secret "{name}"',
      explain: 'It has no default. On a command line (-e) everybody on this machine could read it, so it belongs into the secrets store.',
      remedy: 'Keep it: chatsctl secrets set {name} -i INVENTORY (it asks for the value).',
    },
    ru: {
      message: 'роли «{role}» нужен секрет «{name}»',
      explain:
        'У него нет значения по умолчанию. В командной строке (-e) его увидели бы все на этой машине, поэтому его место в хранилище секретов.',
      remedy: 'Сохраните его: chatsctl secrets set {name} -i ИНВЕНТАРЬ (значение будет запрошено).',
    },
  },
  'invalid-argument': {
    status: 4,
    en: {
      message: 'variable "{name}" of the role "{role}": found {found}, expected {expected}',
      explain: 'The value has another type or form than the role declares in meta/argument_specs.yaml.',
      remedy: 'Correct the value where it is set; "chatsctl doc {role}" describes it.',
    },
    ru: {
      message: 'переменная «{name}» роли «{role}»: найдено {found}, ожидалось {expected}',
      explain: 'Тип или вид значения не тот, что объявлен ролью в meta/argument_specs.yaml.',
      remedy: 'Исправьте значение там, где оно задано; описание — «chatsctl doc {role}».',
    },
  },
  'unknown-field': {
    status: 4,
    en: {
      message: '"{name}" of the role "{role}" has no field "{field}"',
      explain: 'The role declares the fields of this mapping in meta/argument_specs.yaml; a misspelt one would change nothing.',
      remedy: 'Check the name: "chatsctl doc {role}".',
    },
    ru: {
      message: 'у «{name}» роли «{role}» нет поля «{field}»',
      explain: 'Поля этого словаря объявлены в meta/argument_specs.yaml; опечатка не сделала бы ничего.',
      remedy: 'Проверьте имя: «chatsctl doc {role}».',
    },
  },
  'required-default': {
    status: 4,
    en: {
      message: 'the option "{name}" is required and has a default',
      explain: 'The default in argument_specs only documents the one in defaults/main.yaml; a required option has none.',
      remedy: 'Remove one of the two.',
    },
    ru: {
      message: 'параметр «{name}» обязательный, и у него есть значение по умолчанию',
      explain: 'default в argument_specs лишь описывает значение из defaults/main.yaml; у обязательного его нет.',
      remedy: 'Уберите одно из двух.',
    },
  },
});
