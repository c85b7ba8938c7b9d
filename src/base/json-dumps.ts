import { isMap, type Value } from './value.js';

/** A value as Python's json.dumps writes it, and so Ansible's templates and copy: ", " and ": " between, all but ASCII escaped. */
export function jsonDumps(value: Value, indent?: number): string {
  return indented(value, indent, '').replace(/[^\x20-\x7e\n]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function indented(value: Value, indent: number | undefined, before: string): string {
  const [opening, parts, closing] = Array.isArray(value)
    ? ['[', value.map((each) => (inner: string) => indented(each, indent, inner)), ']']
    : isMap(value)
      ? [
          '{',
          Object.entries(value).map(
            ([key, each]) =>
              (inner: string) =>
                `${JSON.stringify(key)}: ${indented(each, indent, inner)}`,
          ),
          '}',
        ]
      : [JSON.stringify(value), undefined, ''];
  if (parts === undefined || parts.length === 0) return opening + closing;
  if (indent === undefined) return opening + parts.map((part) => part('')).join(', ') + closing;
  const inner = before + ' '.repeat(indent);
  return `${opening}\n${parts.map((part) => inner + part(inner)).join(',\n')}\n${before}${closing}`;
}
