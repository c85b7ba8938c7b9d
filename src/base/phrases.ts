/** Kinds of values and other things that error parameters name in words. */
const RUSSIAN: Readonly<Record<string, string>> = {
  'a mapping': 'словарь',
  'a mapping that is not empty': 'непустой словарь',
  'a list': 'список',
  'a list in which nothing is there twice': 'список без повторов',
  'a text': 'текст',
  'a text that is not empty': 'непустой текст',
  'a text, or one for each language (en, ru)': 'текст или по тексту на каждый язык (en, ru)',
  'a number': 'число',
  'a whole number': 'целое число',
  'a boolean': 'логическое значение',
  'a value': 'значение',
  'a path': 'путь',
  'a play': 'play плейбука',
  'a block': 'блок',
  'a task': 'задача',
  'a handler': 'обработчик',
  'an import': 'импорт',
  'an include': 'включение (include)',
  'a role entry': 'запись о роли',
  'a domain name': 'имя домена',
  'an address or a name': 'адрес или имя',
  'a user': 'пользователь',
  'a condition': 'условие',
  'a regular expression': 'регулярное выражение',
  "a variable's name": 'имя переменной',
  'a file on the control machine': 'файл на управляющей машине',
  'a template on the control machine': 'шаблон на управляющей машине',
  'a script on the control machine and its arguments': 'скрипт на управляющей машине и его аргументы',
  'seconds, or a duration such as 90s, 15m, 2h': 'секунды или длительность, например 90s, 15m, 2h',
  nothing: 'ничего',
  null: 'ничего',
  'something else': 'другое',
  'a string': 'строка',
  'a value of another form': 'значение другого вида',
  'not known yet': 'пока неизвестно',
  'permission denied': 'нет прав на чтение',
  'it is a directory': 'это каталог',
  // Places in a certificate chain (X.509), and what makes an authority.
  'leaf certificate': 'основной сертификат',
  'root certificate': 'корневой сертификат',
  'no CA:TRUE in basicConstraints': 'в basicConstraints нет CA:TRUE',
  'no keyCertSign in keyUsage': 'в keyUsage нет keyCertSign',
};

/** Why the system refused (system-reason.ts). */
const REASONS: Readonly<Record<string, string>> = {
  'there is no such file or directory': 'нет такого файла или каталога',
  'a part of the path is no directory': 'часть пути — не каталог',
  'it is a directory': 'это каталог',
  'permission denied': 'нет прав доступа',
  'not permitted': 'действие не разрешено',
  'the file system is read-only': 'файловая система доступна только для чтения',
  'no space is left on the device': 'на диске не осталось места',
  'no inode is left on the device': 'на диске не осталось inode',
  'the disk quota is used up': 'дисковая квота исчерпана',
  'the file is larger than a limit allows': 'файл больше, чем разрешает ограничение',
  'the device failed to read or write': 'устройство не смогло прочитать или записать данные',
  'it is in use': 'ресурс занят',
  'too many links, or one that is not followed': 'слишком много ссылок или ссылка, по которой нельзя переходить',
  'too many files are open': 'открыто слишком много файлов',
};

const PATTERNS: readonly (readonly [RegExp, (groups: readonly string[]) => string])[] = [
  [/^(true|false) \(a boolean\)$/, ([, value = '']) => `${value} (логическое значение)`],
  [/^intermediate certificate (\d+)$/, ([, place = '']) => `промежуточный сертификат ${place}`],
  [/^the number (.+)$/, ([, number = '']) => `число ${number}`],
  [/^a number ([<>]=? .+)$/, ([, range = '']) => `число ${range}`],
  [/^a list, each (.+)$/, ([, each = '']) => `список, каждый элемент — ${inRussian(each)}`],
  [/^a mapping, each value (.+)$/, ([, each = '']) => `словарь, каждое значение — ${inRussian(each)}`],
  [/^a mapping with (.+)$/, ([, names = '']) => `словарь с ключами ${names}`],
  [/^permission bits such as (.+) or (.+)$/, ([, a = '', b = '']) => `права доступа, например ${a} или ${b}`],
];

/** The kind of a value that an error names, in Russian; any other text as it is. */
export function inRussian(phrase: string): string {
  if (Object.hasOwn(RUSSIAN, phrase)) return RUSSIAN[phrase] ?? phrase;
  const [plain = '', ...said] = phrase.split(' (');
  if (Object.hasOwn(REASONS, plain)) return [REASONS[plain], ...said].join(' (');
  for (const [pattern, rewrite] of PATTERNS) {
    const groups = pattern.exec(phrase);
    if (groups) return rewrite(groups);
  }
  return choiceInRussian(phrase) ?? phrase;
}

/** `"a", "b" or a list`, when each part is a kind or a quoted text. */
function choiceInRussian(phrase: string): string | undefined {
  const parts = phrase.split(/, | or /);
  if (parts.length < 2 || !parts.every((each) => /^(".*"|true|false|-?\d+)$/.test(each) || Object.hasOwn(RUSSIAN, each))) return undefined;
  const said = parts.map((each) => RUSSIAN[each] ?? each);
  return `${said.slice(0, -1).join(', ')} или ${said.at(-1)}`;
}
