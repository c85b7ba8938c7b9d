import type { Regex } from '../../base/regex.js';
import type { Edited } from './edit-line.js';
import { insertLines, type TextFile } from './text.js';

export interface BlockEdit {
  readonly begin: string;
  readonly end: string;
  /** Without its markers; empty: the block is to be gone. */
  readonly block: string;
  readonly insertafter: string | undefined;
  readonly insertbefore: string | undefined;
  readonly place: Regex | undefined;
  /** An empty line after (before) the block, where none is. */
  readonly append_newline: boolean;
  readonly prepend_newline: boolean;
}

/** The last block between the markers is replaced where it stands; without one it is put in. A marker counts with or without a line end. */
export function ensureBlock(file: TextFile, edit: BlockEdit): Edited {
  const begin = file.foreign(edit.begin);
  const end = file.foreign(edit.end);
  const last = file.lines.findLastIndex((each) => each.text === end);
  const first = last < 0 ? -1 : file.lines.slice(0, last).findLastIndex((each) => each.text === begin);
  const there = first >= 0;
  if (edit.block === '' && !there) return { file, msg: '' };
  const without = there ? file.lines.toSpliced(first, last - first + 1) : file.lines;
  if (edit.block === '') return { file: file.with(without), msg: 'Block removed' };
  const at = there ? first : placeOf(file, edit);
  const texts = [begin, ...file.foreign(edit.block.replace(/\r?\n$/, '')).split(/\r?\n/), end];
  if (edit.prepend_newline && at > 0 && without[at - 1]?.text !== '') texts.unshift('');
  if (edit.append_newline && at < without.length && without[at]?.text !== '') texts.push('');
  const lines = insertLines(
    without,
    at,
    texts.map((text) => ({ text, end: file.lineEnd })),
    file.lineEnd,
  );
  const changed = lines.length !== file.lines.length || lines.some((each, index) => each.text !== file.lines[index]?.text);
  // Only the last line's end differs: that is how the file was, and the same.
  if (!changed) return { file, msg: '' };
  return { file: file.with(lines), msg: there ? 'Block replaced' : 'Block inserted' };
}

function placeOf(file: TextFile, { insertafter, insertbefore, place }: BlockEdit): number {
  if (place) {
    const found = file.lines.findLastIndex((each) => place.test(each.text));
    return found < 0 ? file.lines.length : insertafter === undefined ? found : found + 1;
  }
  return insertbefore === 'BOF' || insertafter === 'BOF' ? 0 : file.lines.length;
}
