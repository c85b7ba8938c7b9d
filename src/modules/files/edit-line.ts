import type { Regex, RegexMatch } from '../../base/regex.js';
import { insertLines, type Line, type TextFile } from './text.js';

export interface LineEdit {
  readonly line: string;
  readonly regexp: Regex | undefined;
  readonly search_string: string | undefined;
  readonly backrefs: boolean;
  readonly firstmatch: boolean;
  readonly insertafter: string | undefined;
  readonly insertbefore: string | undefined;
  /** The compiled `insertafter` or `insertbefore`, where it is no BOF or EOF. */
  readonly place: Regex | undefined;
}

export interface Edited {
  readonly file: TextFile;
  readonly msg: string;
}

/**
 * Ansible's rules: the last match is replaced (the first with `firstmatch`); without a match, an equal line anywhere is enough; else it is
 * put in. One departs: a line that its own pattern does not match, and that is there already, is enough, even where the pattern matches
 * something else; Ansible would replace one more match at each run.
 */
export function ensureLine(file: TextFile, edit: LineEdit): Edited {
  const line = file.foreign(edit.line);
  const matches = matcher(file, edit);
  const equal = file.lines.findLastIndex((each) => each.text === line);
  const at =
    matches &&
    (edit.firstmatch ? file.lines.findIndex((each) => matches(each.text)) : file.lines.findLastIndex((each) => matches(each.text)));
  if (matches && at !== undefined && at >= 0) {
    if (edit.backrefs && edit.regexp) return expandMatches(file, edit.regexp, line, edit.firstmatch);
    if (equal >= 0 && !matches(line)) return { file, msg: '' };
    return replaceAt(file, at, line);
  }
  if (equal >= 0 || edit.backrefs) return { file, msg: '' };
  return insertLine(file, line, edit);
}

/** Without the lines that match; all of them. */
export function removeLines(
  file: TextFile,
  edit: Pick<LineEdit, 'regexp' | 'search_string'> & { readonly line: string | undefined },
): Edited & { found: number } {
  const matches = matcher(file, edit) ?? ((text: string) => edit.line !== undefined && text === file.foreign(edit.line));
  const kept = file.lines.filter((each) => !matches(each.text));
  const found = file.lines.length - kept.length;
  return { file: file.with(kept), msg: found ? `${found} line(s) removed` : '', found };
}

function matcher(
  file: TextFile,
  { regexp, search_string: part }: Pick<LineEdit, 'regexp' | 'search_string'>,
): ((text: string) => boolean) | undefined {
  if (regexp) return (text) => regexp.test(text);
  if (part !== undefined) return (text) => text.includes(file.foreign(part));
  return undefined;
}

function replaceAt(file: TextFile, at: number, line: string): Edited {
  const old = file.lines[at];
  if (!old || old.text === line) return { file, msg: '' };
  return { file: file.with(file.lines.with(at, { text: line, end: old.end || file.lineEnd })), msg: 'line replaced' };
}

/**
 * The line with the match's groups. Where that no longer matches, the match before it would be next at the next run: so it is replaced now.
 * A line that goes on matching and changing is changed once a run.
 */
function expandMatches(file: TextFile, regexp: Regex, line: string, first: boolean): Edited {
  let lines: readonly Line[] = file.lines;
  for (let count = 0; count < file.lines.length; count++) {
    const at = first ? lines.findIndex((each) => regexp.test(each.text)) : lines.findLastIndex((each) => regexp.test(each.text));
    const old = lines[at];
    const match = old && regexp.first(old.text);
    if (!old || !match) break;
    const text = expand(line, match);
    if (text === old.text) break;
    lines = lines.with(at, { text, end: old.end || file.lineEnd });
    if (regexp.test(text)) break;
  }
  return lines === file.lines ? { file, msg: '' } : { file: file.with(lines), msg: 'line replaced' };
}

/** `\1`, `\g<1>`, `\g<name>`, as Python has them. */
function expand(line: string, match: RegexMatch): string {
  return line.replace(/\\(?:g<(\w+)>|(\d{1,2})|(.))/g, (_, name: string | undefined, number: string | undefined, letter: string) => {
    const group = name ?? number;
    if (group === undefined) return letter === 'n' ? '\n' : letter === 't' ? '\t' : letter === '\\' ? '\\' : `\\${letter}`;
    if (group === '0') return match.text;
    return (/^\d+$/.test(group) ? match.groups[Number(group) - 1] : match.named[group]) ?? '';
  });
}

function insertLine(file: TextFile, line: string, { insertafter, insertbefore, place, firstmatch }: LineEdit): Edited {
  const added = [{ text: line, end: file.lineEnd }];
  const put = (at: number): Edited => ({ file: file.with(insertLines(file.lines, at, added, file.lineEnd)), msg: 'line added' });
  if (insertbefore === 'BOF' || insertafter === 'BOF') return put(0);
  const found = !place
    ? -1
    : firstmatch
      ? file.lines.findIndex((each) => place.test(each.text))
      : file.lines.findLastIndex((each) => place.test(each.text));
  if (found < 0) return put(file.lines.length);
  return put(insertafter !== undefined ? found + 1 : found);
}
