import { defineErrors } from './define.js';

/** YAML that is well-formed, and says what is not taken: keys, aliases, tags. */
export const yamlValue = defineErrors('yaml', {
  documents: {
    status: 4,
    en: {
      message: 'found a second document in the file, expected one',
      explain: '"---" within a file begins another document; only the first would be read.',
      remedy: 'Remove the line, or move what follows into a file of its own.',
    },
    ru: {
      message: 'в файле второй документ, а должен быть один',
      explain: 'Строка «---» внутри файла начинает новый документ; прочитан был бы только первый.',
      remedy: 'Уберите эту строку или перенесите написанное ниже в отдельный файл.',
    },
  },
  'duplicate-key': {
    status: 4,
    en: {
      message: 'the key "{key}" is here twice, first in line {line}',
      explain: 'Of two equal keys only one would count, silently.',
      remedy: 'Remove one, or join the two.',
    },
    ru: {
      message: 'ключ «{key}» записан дважды, первый раз в строке {line}',
      explain: 'Из двух одинаковых ключей молча действовал бы только один.',
      remedy: 'Уберите один из них или объедините их.',
    },
  },
  key: {
    status: 4,
    en: {
      message: 'a key has to be a text, a number or a boolean',
      explain: 'Lists, mappings and nothing cannot be names.',
      remedy: 'Write the key as a text, in quotes where it has brackets.',
    },
    ru: {
      message: 'ключом может быть текст, число или логическое значение',
      explain: 'Списки, словари и пустота именами не бывают.',
      remedy: 'Запишите ключ текстом, а если в нём есть скобки — в кавычках.',
    },
  },
  alias: {
    status: 4,
    en: {
      message: 'the alias *{name} has no anchor &{name} before it',
      explain: 'An alias repeats a value that was marked with an anchor further up in the same file.',
      remedy: 'Mark the value with &{name}, or put the text in quotes if a star was meant.',
    },
    ru: {
      message: 'перед ссылкой *{name} нет метки &{name}',
      explain: 'Ссылка повторяет значение, помеченное выше в том же файле.',
      remedy: 'Пометьте значение через &{name} или заключите текст в кавычки, если имелась в виду звёздочка.',
    },
  },
  merge: {
    status: 4,
    en: {
      message: '"<<" merges a mapping or a list of mappings, found something else',
      explain: 'The merge key takes the entries of another mapping over.',
      remedy: 'Give it an alias of a mapping: "<<: *name".',
    },
    ru: {
      message: '«<<» вставляет словарь или список словарей, а найдено другое',
      explain: 'Этот ключ переносит к себе записи другого словаря.',
      remedy: 'Укажите ссылку на словарь: «<<: *имя».',
    },
  },
  'too-large': {
    status: 4,
    en: {
      message: 'aliases multiply this value to more than {most} values',
      explain: 'A few lines of aliases can stand for more than the memory holds.',
      remedy: 'Write what is meant without aliases of aliases.',
    },
    ru: {
      message: 'со ссылками здесь больше {most} значений',
      explain: 'Несколько строк ссылок могут заменять больше, чем помещается в память.',
      remedy: 'Запишите то же без ссылок на ссылки.',
    },
  },
  tag: {
    status: 4,
    en: {
      message: 'the tag {tag} has no meaning here',
      explain: 'Known are !unsafe (not a template) and YAML’s own !!str, !!int, !!float, !!bool, !!null.',
      remedy: 'Remove the tag, or put the text in quotes if an exclamation mark was meant.',
    },
    ru: {
      message: 'тег {tag} здесь ничего не значит',
      explain: 'Известны !unsafe (не шаблон) и собственные теги YAML: !!str, !!int, !!float, !!bool, !!null.',
      remedy: 'Уберите тег или заключите текст в кавычки, если имелся в виду восклицательный знак.',
    },
  },
  'tag-value': {
    status: 4,
    en: {
      message: '"{text}" is no !!{type}',
      explain: 'The tag says what the value is, and the text cannot be read as that.',
      remedy: 'Correct the value, or remove the tag.',
    },
    ru: {
      message: '«{text}» — не !!{type}',
      explain: 'Тег говорит, что это за значение, а текст так не читается.',
      remedy: 'Исправьте значение или уберите тег.',
    },
  },
  vault: {
    status: 4,
    en: {
      message: 'found a value of Ansible Vault (!vault), which is not read here',
      explain: 'Secrets are kept in secrets.age beside the inventory, opened once a run, and never stand in other files.',
      remedy: 'Take the value out with "ansible-vault decrypt", keep it with "chatsctl secrets set NAME", and remove the variable here.',
    },
    ru: {
      message: 'найдено значение Ansible Vault (!vault), здесь оно не читается',
      explain: 'Секреты хранятся в secrets.age рядом с инвентарём, открываются один раз за запуск и в других файлах не стоят.',
      remedy:
        'Расшифруйте значение через «ansible-vault decrypt», сохраните командой «chatsctl secrets set ИМЯ» и уберите переменную отсюда.',
    },
  },
});
