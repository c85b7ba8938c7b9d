import { defineErrors } from './define.js';

/** What goes wrong while a YAML file is read, whatever is in it. */
export const yaml = defineErrors('yaml', {
  'no-file': {
    status: 4,
    en: {
      message: 'the file {file} does not exist',
      explain: 'A file that is named is read before any host is contacted.',
      remedy: 'Check the path; a relative one starts at the working directory.',
    },
    ru: {
      message: 'файла {file} нет',
      explain: 'Каждый названный файл читается до обращения к серверам.',
      remedy: 'Проверьте путь; относительный считается от рабочего каталога.',
    },
  },
  unreadable: {
    status: 4,
    en: {
      message: 'the file {file} cannot be read ({reason})',
      explain: 'A file that is named is read before any host is contacted.',
      remedy: 'Check that it is a file and that you may read it: ls -l {file}',
    },
    ru: {
      message: 'файл {file} не читается ({reason})',
      explain: 'Каждый названный файл читается до обращения к серверам.',
      remedy: 'Проверьте, что это файл и что права позволяют его читать: ls -l {file}',
    },
  },
  encoding: {
    status: 4,
    en: {
      message: 'the file {file} is not UTF-8 text',
      explain: 'YAML is read as UTF-8; in another encoding letters would silently become others.',
      remedy: 'Convert it, for instance: iconv -f CP1251 -t UTF-8 {file}',
    },
    ru: {
      message: 'файл {file} — не текст в UTF-8',
      explain: 'YAML читается как UTF-8; в другой кодировке буквы молча превратились бы в другие.',
      remedy: 'Перекодируйте его, например: iconv -f CP1251 -t UTF-8 {file}',
    },
  },
  syntax: {
    status: 4,
    en: {
      message: 'this is not valid YAML: {reason}',
      explain: 'The file has to be valid YAML before anything in it has a meaning.',
      remedy: 'Mend the place shown, or the end of the line before it.',
    },
    ru: {
      message: 'это не YAML: {reason}',
      explain: 'Файл должен быть правильным YAML, только тогда написанное в нём имеет смысл.',
      remedy: 'Исправьте указанное место или конец предыдущей строки.',
    },
  },
  tab: {
    status: 4,
    en: {
      message: 'found a tab in the indentation, expected spaces',
      explain: 'YAML forbids tabs there: how wide a tab is depends on the editor, and indentation carries the meaning.',
      remedy: 'Replace the tab by spaces.',
    },
    ru: {
      message: 'в отступе стоит табуляция, а нужны пробелы',
      explain: 'YAML запрещает её в отступах: ширина табуляции зависит от редактора, а отступ несёт смысл.',
      remedy: 'Замените табуляцию пробелами.',
    },
  },
  indent: {
    status: 4,
    en: {
      message: 'this line begins in column {column}, which fits nothing above it',
      explain: 'Keys of one mapping and items of one list begin in the same column; what belongs to them is indented further.',
      remedy: 'Move it to the column of its neighbours.',
    },
    ru: {
      message: 'строка начинается с позиции {column}, и это не подходит ни к чему выше',
      explain: 'Ключи одного словаря и элементы одного списка начинаются в одном столбце; то, что им принадлежит, сдвинуто вправо.',
      remedy: 'Сдвиньте строку в столбец её соседей.',
    },
  },
  colon: {
    status: 4,
    en: {
      message: 'found ": " inside a value, where it begins a mapping',
      explain: 'A colon and a space make a key of what stands before them.',
      remedy: 'Put the whole value in single quotes.',
    },
    ru: {
      message: 'внутри значения стоит «: », а это начало словаря',
      explain: 'Двоеточие с пробелом делают ключом то, что стоит перед ними.',
      remedy: 'Заключите всё значение в одинарные кавычки.',
    },
  },
  quote: {
    status: 4,
    en: {
      message: 'the quote {quote} that opens here is not closed',
      explain: 'Everything after an open quote is text, to the end of the file.',
      remedy: 'Close the quote. Within single quotes a single quote is written twice.',
    },
    ru: {
      message: 'открытая здесь кавычка {quote} не закрыта',
      explain: 'Всё после открытой кавычки считается текстом, до конца файла.',
      remedy: 'Закройте кавычку. Внутри одинарных кавычек одинарная пишется дважды.',
    },
  },
  'after-quote': {
    status: 4,
    en: {
      message: 'found "{found}" after the closing quote',
      explain: 'A value that begins with a quote ends with it; nothing may follow but a comment.',
      remedy: 'Put the whole value in quotes of the other kind.',
    },
    ru: {
      message: 'после закрывающей кавычки стоит «{found}»',
      explain: 'Значение, которое начинается кавычкой, ею и кончается; дальше возможен только комментарий.',
      remedy: 'Заключите всё значение в кавычки другого вида.',
    },
  },
  bracket: {
    status: 4,
    en: {
      message: 'the bracket that opens here is not closed',
      explain: 'What follows an open bracket belongs to it.',
      remedy: 'Close it. Lines within the brackets are indented further than the key they belong to.',
    },
    ru: {
      message: 'открытая здесь скобка не закрыта',
      explain: 'Всё после открытой скобки относится к ней.',
      remedy: 'Закройте её. Строки внутри скобок сдвинуты правее ключа, которому принадлежат.',
    },
  },
  closing: {
    status: 4,
    en: {
      message: 'found "{found}", which closes nothing',
      explain: 'Each closing bracket needs the opening one of its kind before it.',
      remedy: 'Remove it, or put the text in quotes if it is one.',
    },
    ru: {
      message: 'найдена скобка «{found}», которая ничего не закрывает',
      explain: 'Перед каждой закрывающей скобкой должна стоять открывающая того же вида.',
      remedy: 'Уберите её или заключите текст в кавычки, если это текст.',
    },
  },
  dash: {
    status: 4,
    en: {
      message: 'found "- " behind a key, where no list can begin',
      explain: 'The items of a list stand on lines of their own, below the key.',
      remedy: 'Move the item to the next line, write the list as [a, b], or put the text in quotes.',
    },
    ru: {
      message: 'после ключа стоит «- », а список здесь начаться не может',
      explain: 'Элементы списка пишутся на отдельных строках под ключом.',
      remedy: 'Перенесите элемент на следующую строку, запишите список как [а, б] или заключите текст в кавычки.',
    },
  },
  escape: {
    status: 4,
    en: {
      message: '"{found}" is no escape of a double-quoted text',
      explain: 'In double quotes a backslash begins an escape such as \\n or \\t.',
      remedy: 'Write the text in single quotes, where a backslash is one, or double the backslash.',
    },
    ru: {
      message: '«{found}» не имеет значения в двойных кавычках',
      explain: 'В двойных кавычках обратная косая черта начинает управляющую пару, например \\n или \\t.',
      remedy: 'Пишите текст в одинарных кавычках, где она значит саму себя, или удвойте её.',
    },
  },
  start: {
    status: 4,
    en: {
      message: 'a value without quotes cannot begin with {found}',
      explain: 'YAML keeps this character for itself.',
      remedy: 'Put the value in single quotes.',
    },
    ru: {
      message: 'значение без кавычек не может начинаться с {found}',
      explain: 'Этот знак YAML оставляет себе.',
      remedy: 'Заключите значение в одинарные кавычки.',
    },
  },
  'no-value': {
    status: 4,
    en: {
      message: 'found "{found}", expected "key: value"',
      explain: 'Among the keys of a mapping each line has a key, a colon and a space.',
      remedy: 'Write the colon, or indent the line if it goes on with the value above.',
    },
    ru: {
      message: 'найдено «{found}», а ожидалось «ключ: значение»',
      explain: 'Среди ключей словаря в каждой строке стоят ключ, двоеточие и пробел.',
      remedy: 'Поставьте двоеточие или сдвиньте строку вправо, если она продолжает значение выше.',
    },
  },
  'template-quotes': {
    status: 4,
    en: {
      message: 'a value that begins with a template needs quotes: {found}',
      explain: 'A brace at the beginning of a value opens a mapping in YAML.',
      remedy: 'Put the whole value in quotes.',
    },
    ru: {
      message: 'значение, которое начинается с шаблона, пишется в кавычках: {found}',
      explain: 'Фигурная скобка в начале значения открывает в YAML словарь.',
      remedy: 'Заключите всё значение в кавычки.',
    },
  },
});
