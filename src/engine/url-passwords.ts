import { isList, isMap, type Value } from '../base/value.js';

// RFC 3986, 3.2.1: what stands after the first colon of the user information.
const USER_INFORMATION = /\b[a-z][a-z0-9+.-]*:\/\/[^\s/?#@:]*:([^\s/?#@]+)@/gi;

/** Passwords in the URLs of a value, as they are written and decoded: whatever a playbook says of it, nobody else is to read them. */
export function passwordsOfUrls(value: Value): string[] {
  if (typeof value === 'string') return [...value.matchAll(USER_INFORMATION)].flatMap(([, written = '']) => [written, decoded(written)]);
  if (isList(value)) return value.flatMap(passwordsOfUrls);
  return isMap(value) ? Object.values(value).flatMap(passwordsOfUrls) : [];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
