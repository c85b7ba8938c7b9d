/** What conditions know beside CEL's own operators. Shown by `chatsctl doc conditions`; each example is evaluated by a test, and holds. */
export const CONDITION_REFERENCE: readonly { readonly signature: string; readonly summary: string; readonly example: string }[] = [
  { signature: 'a && b, a || b, !a', summary: "Jinja's and, or, not.", example: '1 == 1 && !(1 == 2 || false)' },
  { signature: 'x in list', summary: 'Is it an entry of a list, a key of a mapping.', example: '"web" in ["web", "db"]' },
  { signature: 'size(x)', summary: 'Length of a string, a list or a mapping.', example: 'size([1, 2]) == 2' },
  { signature: 'has(a.b)', summary: 'Does the mapping have the key.', example: 'has(result.rc) && !has(result.stdout)' },
  {
    signature: 'text.matches(re)',
    summary: 'Does a regular expression (RE2) match somewhere in it.',
    example: '"Debian 12".matches("[0-9]+$")',
  },
  {
    signature: 'text.startsWith(a), .endsWith(a), .contains(a)',
    summary: 'Parts of a string.',
    example: '"chats.example.ru".endsWith(".ru")',
  },
  {
    signature: 'text.trim(), .lowerAscii(), .upperAscii(), .split(sep)',
    summary: 'Other forms of a string.',
    example: '" A ".trim().lowerAscii() == "a"',
  },
  { signature: 'list.all(x, …), .exists(x, …), .filter(x, …), .map(x, …)', summary: 'For each entry.', example: '[1, 2].exists(x, x > 1)' },
  { signature: 'int(x), double(x), string(x)', summary: 'The value as another kind.', example: 'int("12") == 12' },
  { signature: 'defined("name.key")', summary: 'Is there a variable, and a key in it.', example: '!defined("no_such_variable")' },
  { signature: 'default(x, y)', summary: 'x, or y where x is not there.', example: 'default(no_such_variable, 1) == 1' },
  {
    signature: 'changed(r), failed(r), skipped(r), succeeded(r)',
    summary: 'What a registered result says.',
    example: 'changed(result) && succeeded(result)',
  },
  {
    signature: 'version(a) < version(b)',
    summary: 'Compared as Debian compares versions.',
    example: 'version("1.10") > version("1.9~rc1")',
  },
];
