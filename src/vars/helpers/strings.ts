import { posix } from 'node:path';
import { compileRegex } from '../../base/compile-regex.js';
import { ChatsctlError } from '../../base/errors.js';
import { quoteRegex, type Regex, type RegexMatch, RegexSyntaxError } from '../../base/regex.js';
import { toText } from '../describe.js';
import { type EagerHelper, HelperError, text } from './helper.js';

/** A string that the shell reads as this one word. */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
}

export const strings: readonly EagerHelper[] = [
  {
    name: 'lower',
    signature: 'lower text',
    summary: 'The text in lower case.',
    example: { template: '{{ lower "Chat1.Example.RU" }}', result: 'chat1.example.ru' },
    arity: [1, 1],
    run: ([value]) => text(value).toLowerCase(),
  },
  {
    name: 'upper',
    signature: 'upper text',
    summary: 'The text in upper case.',
    example: { template: '{{ upper "yes" }}', result: 'YES' },
    arity: [1, 1],
    run: ([value]) => text(value).toUpperCase(),
  },
  {
    name: 'trim',
    signature: 'trim text',
    summary: 'The text without white space at both ends.',
    example: { template: '{{ trim "  a b\\n" }}', variables: {}, result: 'a b\\n' },
    arity: [1, 1],
    run: ([value]) => text(value).trim(),
  },
  {
    name: 'replace',
    signature: 'replace text from to',
    summary: 'Every occurrence of one string replaced by another.',
    example: { template: '{{ replace "a-b-c" "-" "." }}', result: 'a.b.c' },
    arity: [3, 3],
    run: ([value, from, to]) => text(value).replaceAll(text(from), () => text(to)),
  },
  {
    name: 'split',
    signature: 'split text separator',
    summary: 'A list of the parts between separators; without a separator, of the words.',
    example: { template: '{{ split "a,b" "," }}', result: ['a', 'b'] },
    arity: [1, 2],
    run: ([value, separator]) => (separator === undefined ? text(value).split(/\s+/).filter(Boolean) : text(value).split(text(separator))),
  },
  {
    name: 'basename',
    signature: 'basename path',
    summary: 'The last part of a path.',
    example: { template: '{{ basename "/etc/ssl/chat.crt" }}', result: 'chat.crt' },
    arity: [1, 1],
    run: ([value]) => posix.basename(text(value)),
  },
  {
    name: 'dirname',
    signature: 'dirname path',
    summary: 'A path without its last part.',
    example: { template: '{{ dirname "/etc/ssl/chat.crt" }}', result: '/etc/ssl' },
    arity: [1, 1],
    run: ([value]) => posix.dirname(text(value)),
  },
  {
    name: 'quote',
    signature: 'quote text',
    summary: 'The text as one word for a POSIX shell.',
    example: { template: '{{ quote "it is" }}', result: "'it is'" },
    arity: [1, 1],
    run: ([value]) => shellQuote(text(value)),
  },
  {
    name: 'concat',
    signature: 'concat a b…',
    summary: 'Strings, numbers and booleans one after another; or lists.',
    example: { template: '{{ concat "chat" 1 ".example.ru" }}', result: 'chat1.example.ru' },
    arity: [1, 20],
    run: (values) => (values.every(Array.isArray) ? values.flat() : values.map((value) => text(value)).join('')),
  },
  {
    name: 'regex_replace',
    signature: 'regex_replace text pattern replacement',
    summary: 'Every match of a regular expression (RE2) replaced; \\1 and \\g<name> stand for groups.',
    example: { template: '{{ regex_replace "port=80" "port=(?P<n>\\d+)" "listen \\g<n>" }}', result: 'listen 80' },
    arity: [3, 3],
    run: ([value, pattern, replacement]) => replaceAll(regex(text(pattern)), text(value), text(replacement)),
  },
  {
    name: 'regex_escape',
    signature: 'regex_escape text',
    summary: 'A pattern that matches the text and nothing else.',
    example: { template: '{{ regex_escape "a.b" }}', result: 'a\\.b' },
    arity: [1, 1],
    run: ([value]) => quoteRegex(text(value)),
  },
  {
    name: 'string',
    signature: 'string value',
    summary: 'A number or boolean as a string.',
    example: { template: '{{ string 8443 }}', result: '8443' },
    arity: [1, 1],
    run: ([value]) => text(toText(value ?? null), 'the argument'),
  },
];

function regex(pattern: string): Regex {
  try {
    return compileRegex(pattern);
  } catch (error) {
    if (error instanceof ChatsctlError || error instanceof RegexSyntaxError) throw new HelperError(error.message);
    throw error;
  }
}

function replaceAll(pattern: Regex, subject: string, replacement: string): string {
  let written = '';
  let from = 0;
  for (const match of pattern.all(subject)) {
    written += subject.slice(from, match.start) + expand(replacement, match);
    from = match.end;
  }
  return written + subject.slice(from);
}

/** Python's references: \1, \g<1>, \g<name>. */
function expand(replacement: string, match: RegexMatch): string {
  return replacement.replace(/\\(?:(\d)|g<(\w+)>|(\\))/g, (_, digit?: string, name?: string, backslash?: string) => {
    if (backslash) return '\\';
    const group = digit ?? name ?? '';
    if (/^\d+$/.test(group)) return (group === '0' ? match.text : match.groups[Number(group) - 1]) ?? '';
    return match.named[group] ?? '';
  });
}
