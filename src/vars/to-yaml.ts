import { isList, isMap, type Value } from '../base/value.js';

/** Words that some YAML reader takes for something else than a string. */
const WORDS = /^(?:true|false|yes|no|on|off|null|none|y|n|~|[e_+.-]*\d.*)$/i;
const PLAIN = /^[\p{L}_/][\p{L}\p{N}_./@+-]*(?: [\p{L}\p{N}_./@+-]+)*$/u;

/** A value as a YAML document in block style; strings that could be read as another type are in double quotes. */
export function toYaml(value: Value): string {
  return isCollection(value) ? `${block(value, '').join('\n')}\n` : `${scalar(value)}\n`;
}

function isCollection(value: Value): boolean {
  return (isList(value) && value.length > 0) || (isMap(value) && Object.keys(value).length > 0);
}

function block(value: Value, indent: string): string[] {
  if (isList(value)) {
    return value.flatMap((item) => {
      const [first = '', ...rest] = isCollection(item) ? block(item, `${indent}  `) : [`${indent}  ${scalar(item)}`];
      return [`${indent}- ${first.slice(indent.length + 2)}`, ...rest];
    });
  }
  return Object.entries(isMap(value) ? value : {}).flatMap(([key, item]) =>
    isCollection(item) ? [`${indent}${scalar(key)}:`, ...block(item, `${indent}  `)] : [`${indent}${scalar(key)}: ${scalar(item)}`],
  );
}

function scalar(value: Value): string {
  if (typeof value === 'string') return PLAIN.test(value) && !WORDS.test(value) ? value : JSON.stringify(value);
  if (isList(value)) return '[]';
  if (isMap(value)) return '{}';
  return String(value);
}
