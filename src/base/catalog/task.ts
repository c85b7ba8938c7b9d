import { defineErrors } from './define.js';

export const task = defineErrors('task', {
  'vars-folder': {
    status: 2,
    en: {
      message: '{path} is no folder',
      explain: 'include_vars looks for "dir" in the vars/ of the role, and in a playbook beside the file of the task.',
      remedy: 'Check the path; a single file is named by "file".',
    },
    ru: {
      message: '{path} — не каталог',
      explain: 'include_vars ищет «dir» в каталоге vars/ роли, а в плейбуке — рядом с файлом задачи.',
      remedy: 'Проверьте путь; отдельный файл задаётся через «file».',
    },
  },
  'vars-extension': {
    status: 2,
    en: {
      message: '{path} does not end as a file of variables does: {expected}',
      explain: 'include_vars reads every file of the folder, and what it does not know is an error.',
      remedy: 'Rename the file, choose with files_matching or ignore_files, or set ignore_unknown_extensions.',
    },
    ru: {
      message: '{path}: не расширение файла переменных ({expected})',
      explain: 'include_vars читает каждый файл каталога, а незнакомый считает ошибкой.',
      remedy: 'Переименуйте файл, выберите нужные через files_matching или ignore_files либо задайте ignore_unknown_extensions.',
    },
  },
  'not-waited': {
    status: 4,
    en: {
      message: '{task}: not waiting for an answer, since nobody can be asked; the answer is empty',
      explain: 'There is no terminal, or --no-input was given. As in Ansible the pause is passed over.',
      remedy: 'Run it on a terminal; --yes says that nothing needs to be waited for. A time (seconds, minutes) is always waited.',
    },
    ru: {
      message: '{task}: ответа не ждём, спросить некого; ответ пустой',
      explain: 'Терминала нет или задан --no-input. Как и в Ansible, пауза пропускается.',
      remedy: 'Запустите на терминале; --yes говорит, что ждать не нужно. Время (seconds, minutes) выжидается всегда.',
    },
  },
  'file-missing': {
    status: 2,
    en: {
      message: 'there is no file "{name}" on the control machine; looked for {places}',
      explain: 'A task names a file of the control machine: in the role first (files/, templates/), then beside the playbook.',
      remedy: 'Put the file at one of these places, or give its absolute path.',
    },
    ru: {
      message: 'на управляющей машине нет файла «{name}»; искали {places}',
      explain: 'Задача называет файл управляющей машины: сначала в роли (files/, templates/), затем рядом с плейбуком.',
      remedy: 'Положите файл в одно из этих мест или укажите абсолютный путь.',
    },
  },
  'loop-value': {
    status: 2,
    en: {
      message: 'the loop got {found}, expected {expected}',
      explain: 'A loop goes over the items of a list (with_dict: over the entries of a mapping).',
      remedy: 'Give a list; a single value is written [value].',
    },
    ru: {
      message: 'цикл получил {found}, ожидалось: {expected}',
      explain: 'Цикл проходит по элементам списка (with_dict — по записям словаря).',
      remedy: 'Дайте список; одно значение записывается как [значение].',
    },
  },
  delegate: {
    status: 2,
    en: {
      message: 'delegate_to rendered to {found}, expected the name of a host',
      explain: "The task is to run on another host's connection, and the name of that host is empty or no text.",
      remedy: 'Check the variable in delegate_to.',
    },
    ru: {
      message: 'delegate_to дал {found}, ожидалось имя сервера',
      explain: 'Задача должна выполниться на другом сервере, но его имя пусто или не текст.',
      remedy: 'Проверьте переменную в delegate_to.',
    },
  },
  'keyword-truth': {
    status: 2,
    en: {
      message: '{keyword} rendered to {found}, expected true or false',
      explain: 'The template of this keyword gave neither a boolean nor one of the texts that count as one (yes, no, on, off, 1, 0, …).',
      remedy: 'Check the variable in {keyword}; a comparison belongs in a condition (when, changed_when, failed_when).',
    },
    ru: {
      message: '{keyword} дал {found}, ожидалось true или false',
      explain: 'Шаблон этого ключевого слова дал не логическое значение и не текст, который за него считается (yes, no, on, off, 1, 0, …).',
      remedy: 'Проверьте переменную в {keyword}; сравнению место в условии (when, changed_when, failed_when).',
    },
  },
  'keyword-number': {
    status: 2,
    en: {
      message: '{keyword} rendered to {found}, expected a number that is not negative',
      explain: 'The template of this keyword gave something that is no number.',
      remedy: 'Check the variable in {keyword}.',
    },
    ru: {
      message: '{keyword} дал {found}, ожидалось неотрицательное число',
      explain: 'Шаблон этого ключевого слова дал не число.',
      remedy: 'Проверьте переменную в {keyword}.',
    },
  },
  'include-target': {
    status: 2,
    en: {
      message: 'the include rendered to {found}, expected a name',
      explain: 'A file or role to include is named by a text.',
      remedy: 'Check the variable in the include.',
    },
    ru: {
      message: 'включение дало {found}, ожидалось имя',
      explain: 'Включаемый файл или роль называет текст.',
      remedy: 'Проверьте переменную во включении.',
    },
  },
  'findings-unmet': {
    status: 2,
    en: {
      message: '{count} of the checks are unmet: {names}',
      explain: 'Checks are recorded as findings and judged together, so that all that is wrong is seen at once.',
      remedy: 'The table of findings names a remedy for each.',
    },
    ru: {
      message: 'не выполнено проверок: {count}: {names}',
      explain: 'Проверки записываются и оцениваются вместе, чтобы сразу было видно всё, что не так.',
      remedy: 'Что делать с каждой, сказано в таблице проверок.',
    },
  },
  timeout: {
    status: 2,
    en: {
      message: 'the task did not end within {seconds} s (its timeout)',
      explain: 'The keyword timeout limits each attempt of a task. What the task had begun on the host was told to end.',
      remedy: 'Find out why it takes so long, or raise timeout.',
    },
    ru: {
      message: 'задача не закончилась за {seconds} с (её timeout)',
      explain: 'Ключевое слово timeout ограничивает каждую попытку задачи. Начатому на сервере велено завершиться.',
      remedy: 'Выясните, почему это длится так долго, или увеличьте timeout.',
    },
  },
  'connection-kind': {
    status: 4,
    en: {
      message: 'ansible_connection is {found}, expected ssh or local',
      explain: 'Hosts are reached over SSH, or are the control machine itself.',
      remedy: 'Set ansible_connection: ssh or ansible_connection: local.',
    },
    ru: {
      message: 'ansible_connection: {found}, ожидалось ssh или local',
      explain: 'Серверы доступны по SSH, или это сама управляющая машина.',
      remedy: 'Укажите ansible_connection: ssh или ansible_connection: local.',
    },
  },
});
