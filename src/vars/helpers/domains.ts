import { isIP } from 'node:net';
import { domainToASCII, domainToUnicode } from 'node:url';
import { parse } from 'tldts';
import { type EagerHelper, HelperError, text } from './helper.js';

/** A host name in lower case and punycode, without the root's dot. */
function ascii(name: string): string {
  const converted = domainToASCII(name.trim().replace(/\.$/, ''));
  if (converted === '' || isIP(converted) || !/^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(converted))
    throw new HelperError(`"${name}" is no domain name`);
  return converted;
}

function zone(name: string): string {
  const rest = ascii(name).split('.').slice(1);
  if (rest.length === 0) throw new HelperError(`"${name}" has no parent zone`);
  return rest.join('.');
}

/** DNS-1: the ending belongs to the first label as people write it; glued to a label in punycode it would make another name. */
function service(name: string, ending: string): string {
  const [label = '', ...rest] = domainToUnicode(ascii(name)).split('.');
  return ascii([`${label}${ending}`, ...rest].join('.'));
}

export const domains: readonly EagerHelper[] = [
  {
    name: 'domain_zone',
    signature: 'domain_zone name',
    summary: 'The parent zone of a domain name, in punycode.',
    example: { template: '{{ domain_zone "chats.пример.рф" }}', result: 'xn--e1afmkfd.xn--p1ai' },
    arity: [1, 1],
    run: ([name]) => zone(text(name, 'the name')),
  },
  {
    name: 'domain_service',
    signature: 'domain_service name "-gateway"',
    summary: 'The name with an ending at its first label (DNS-1), joined in Unicode and then written in punycode.',
    example: { template: '{{ domain_service "чат.пример.рф" "-gateway" }}', result: 'xn---gateway-06g4p1b.xn--e1afmkfd.xn--p1ai' },
    arity: [2, 2],
    run: ([name, ending]) => service(text(name, 'the name'), text(ending, 'the ending')),
  },
  {
    name: 'domain_ascii',
    signature: 'domain_ascii name',
    summary: 'A domain name in lower case and punycode.',
    example: { template: '{{ domain_ascii "Пример.РФ." }}', result: 'xn--e1afmkfd.xn--p1ai' },
    arity: [1, 1],
    run: ([name]) => ascii(text(name, 'the name')),
  },
  {
    name: 'domain_unicode',
    signature: 'domain_unicode name',
    summary: 'A domain name as people read it.',
    example: { template: '{{ domain_unicode "xn--e1afmkfd.xn--p1ai" }}', result: 'пример.рф' },
    arity: [1, 1],
    run: ([name]) => domainToUnicode(ascii(text(name, 'the name'))),
  },
  {
    name: 'registrable_domain',
    signature: 'registrable_domain name',
    summary:
      'What its owner registered, by the public suffix list with its private section (DNS-2); empty for a zone that the list does not know.',
    example: { template: '{{ registrable_domain "chats.one.com.ru" }}', result: 'one.com.ru' },
    arity: [1, 1],
    run: ([name]) => registrable(ascii(text(name, 'the name'))),
  },
];

function registrable(name: string): string {
  const { domain, isIcann, isPrivate } = parse(name, { allowPrivateDomains: true });
  return isIcann || isPrivate ? (domain ?? '') : '';
}
