export type ScalarValue = null | boolean | number | string;

/*
 * PyYAML's implicit resolver (yaml/resolver.py, YAML 1.1 as it implements it), which is what Ansible reads with. The `yaml` package's own
 * 1.1 schema differs: there `y`, `n`, `0888`, `1e3` and `11:22:33:44:55:66` change their type.
 */
const BOOLEAN = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const NULL = /^(?:~|null|Null|NULL|)$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const INTEGER = /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const MAY_BE_SPECIAL = /^[-+.0-9~yYnNtTfFoO]|^$/;

/**
 * The value of a plain scalar. Dates stay the text they were written as (Ansible makes dates of them and texts again), and so do whole
 * numbers that a double cannot hold: rendered, their digits are the ones written.
 */
export function resolvePlain(text: string): ScalarValue {
  if (!MAY_BE_SPECIAL.test(text)) return text;
  if (NULL.test(text)) return null;
  if (BOOLEAN.test(text)) return /^(?:y|t|on)/i.test(text);
  if (FLOAT.test(text)) return toFloat(text);
  return INTEGER.test(text) ? toInteger(text) : text;
}

function toFloat(text: string): number {
  const digits = text.replaceAll('_', '').toLowerCase();
  const sign = digits.startsWith('-') ? -1 : 1;
  const size = digits.replace(/^[-+]/, '');
  if (size === '.inf') return sign * Number.POSITIVE_INFINITY;
  if (size === '.nan') return Number.NaN;
  return sign * (size.includes(':') ? sexagesimal(size) : Number(size));
}

function toInteger(text: string): number | string {
  const digits = text.replaceAll('_', '');
  const negative = digits.startsWith('-');
  const size = digits.replace(/^[-+]/, '');
  // `0b_` and `0x_` match the pattern and are numbers to nobody.
  if (/^0[bx]$/.test(size)) return text;
  if (size.includes(':')) return (negative ? -1 : 1) * sexagesimal(size);
  const octal = /^0[0-7]+$/.test(size);
  const whole = BigInt(octal ? `0o${size.slice(1)}` : size);
  const signed = negative ? -whole : whole;
  const number = Number(signed);
  return Number.isSafeInteger(number) ? number + 0 : String(signed);
}

/** `1:30:00`: each part sixty times the next. */
function sexagesimal(text: string): number {
  return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
