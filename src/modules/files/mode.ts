/** Permission bits in chmod's symbolic language, as Ansible reads it. */

type Class = 'u' | 'g' | 'o';
const shift: Readonly<Record<Class, number>> = { u: 6, g: 3, o: 0 };
const special: Readonly<Record<Class, { readonly letter: 's' | 't'; readonly bit: number }>> = {
  u: { letter: 's', bit: 0o4000 },
  g: { letter: 's', bit: 0o2000 },
  o: { letter: 't', bit: 0o1000 },
};
const umask = 0o022;

/** The bits that a wanted mode means for something that has `current` now. `X`: execute for directories and for what somebody may execute already. */
export function resolveMode(wanted: number | string, current: number, isDirectory: boolean): number {
  if (typeof wanted === 'number') return wanted;
  return wanted.split(',').reduce((mode, clause) => applyClause(clause, mode, isDirectory), current);
}

function applyClause(clause: string, mode: number, isDirectory: boolean): number {
  const [, who = '', operator = '+', what = ''] = /^([ugoa]*)([-+=])(.*)$/.exec(clause) ?? [];
  const everyone = who === '' || who.includes('a');
  const classes = (['u', 'g', 'o'] as const).filter((each) => everyone || who.includes(each));
  let result = mode;
  for (const each of classes) {
    const mask = (0o7 << shift[each]) | special[each].bit;
    let bits = bitsOf(what, each, mode, isDirectory);
    // Without a class the umask stays in force, as for chmod.
    if (who === '') bits &= ~umask;
    result = operator === '+' ? result | bits : operator === '-' ? result & ~bits : (result & ~mask) | bits;
  }
  return result;
}

function bitsOf(what: string, target: Class, mode: number, isDirectory: boolean): number {
  if (what === 'u' || what === 'g' || what === 'o') return ((mode >> shift[what]) & 0o7) << shift[target];
  let bits = 0;
  for (const letter of what) {
    if (letter === 'r') bits |= 4 << shift[target];
    if (letter === 'w') bits |= 2 << shift[target];
    if (letter === 'x' || (letter === 'X' && (isDirectory || (mode & 0o111) !== 0))) bits |= 1 << shift[target];
    if (letter === special[target].letter) bits |= special[target].bit;
  }
  return bits;
}

/** `0644`, `02775`: as Ansible shows it. */
export function formatMode(mode: number): string {
  return `0${mode.toString(8).padStart(3, '0')}`;
}
