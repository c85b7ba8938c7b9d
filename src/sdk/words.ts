import { ModuleFailure } from './module.js';

/** A command line as words, with the shell's quotes and backslashes and nothing else of it (Python's shlex). */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (character === "'") {
      const end = text.indexOf("'", at + 1);
      if (end < 0) throw new ModuleFailure(`a quote is not closed: ${text}`);
      word = (word ?? '') + text.slice(at + 1, end);
      at = end;
    } else if (character === '"') {
      word ??= '';
      for (at++; text.charAt(at) !== '"'; at++) {
        if (at >= text.length) throw new ModuleFailure(`a quote is not closed: ${text}`);
        if (text.charAt(at) === '\\' && /["\\]/.test(text.charAt(at + 1))) at++;
        word += text.charAt(at);
      }
    } else if (character === '\\') {
      at++;
      if (at >= text.length) throw new ModuleFailure(`a backslash ends the command: ${text}`);
      word = (word ?? '') + text.charAt(at);
    } else word = (word ?? '') + character;
  }
  if (word !== undefined) words.push(word);
  return words;
}
