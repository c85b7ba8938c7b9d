/** Shorter ones would hide half of every line. */
export const SHORTEST = 4;
/** A form that is only a part of an encoding must be long enough not to occur by chance. */
const SHORTEST_PART = 6;

/** Everything that a secret can look like in output: as it is, line by line, encoded, escaped, quoted. */
export function derivedForms(secret: string): ReadonlySet<string> {
  const forms = new Set<string>();
  for (const text of [secret, secret.trim(), ...lines(secret)]) {
    if (text.length < SHORTEST) continue;
    for (const form of [text, ...escaped(text), ...encoded(text)]) if (form.length >= SHORTEST) forms.add(form);
  }
  return forms;
}

/** A file's lines (a private key) appear one by one, indented or with another line ending. What frames a key is no secret. */
function lines(secret: string): string[] {
  if (!/[\r\n]/.test(secret)) return [];
  return secret
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line.length >= SHORTEST_PART && !/^-----(BEGIN|END) [A-Z0-9 ]+-----$/.test(line));
}

function escaped(text: string): string[] {
  const json = jsonEscape(text);
  return [
    json,
    json.replaceAll('/', '\\/'),
    asciiEscape(json),
    jsonEscape(json),
    text.replaceAll("'", `'\\''`),
    text.replaceAll("'", `'"'"'`),
    text.replace(/["\\$`]/g, '\\$&'),
    text.replace(/[^\w@%+=:,./\u0080-\uffff-]/g, '\\$&'),
    text.replaceAll("'", "''"),
    text.replace(/[&<>"']/g, (character) => HTML[character] ?? character),
    text.replace(/[&<>"]/g, (character) => HTML[character] ?? character),
    text.replace(/[&<>]/g, (character) => HTML[character] ?? character),
  ];
}

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function encoded(text: string): string[] {
  const bytes = Buffer.from(text);
  const hex = bytes.toString('hex');
  const url = encodeUrl(text);
  const strict = url.replace(/[!'()*~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  const base64 = [...base64Forms(bytes)];
  return [
    hex,
    hex.toUpperCase(),
    ...[url, strict].flatMap((form) => [form, form.replaceAll('%20', '+'), form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())]),
    ...base64,
    ...base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}

/** Whole, and what of it stays the same inside a longer text, wherever in a group of three bytes it begins (`user:secret`). */
function* base64Forms(bytes: Buffer): Iterable<string> {
  const whole = bytes.toString('base64');
  yield whole;
  yield whole.replace(/=+$/, '');
  for (const before of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + bytes.length) * 8) / 6);
    const stable = padded.slice(first, last);
    if (stable.length >= SHORTEST_PART) yield stable;
  }
}

function jsonEscape(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function asciiEscape(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A lone surrogate has no UTF-8: it is encoded as what decoders make of it. */
function encodeUrl(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}
