import type { YAMLParseError } from 'yaml';
import { type Diagnostic, diagnostic } from '../base/errors.js';
import type { Position, SourceText } from '../base/position.js';
import { Place } from './place.js';

/** Errors after which the parser still understands what follows. */
const LOCAL: ReadonlySet<string> = new Set([
  'BAD_DQ_ESCAPE',
  'BAD_SCALAR_START',
  'BLOCK_AS_IMPLICIT_KEY',
  'TAB_AS_INDENT',
  'BAD_INDENT',
  'MULTIPLE_ANCHORS',
  'MULTIPLE_TAGS',
  'MULTIPLE_DOCS',
]);

export function endsTheReading(error: YAMLParseError): boolean {
  return !LOCAL.has(error.code);
}

/** The parser's finding in an operator's words, by its code and by what stands at the place. */
export function syntaxError(source: SourceText, error: YAMLParseError): Diagnostic {
  const offset = Math.min(error.pos[0], source.text.length);
  const found = new Place(source, offset);
  const position = { source, offset, length: 1 };
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return diagnostic('yaml/tab', {}, { position });
    case 'MULTIPLE_DOCS':
      return diagnostic('yaml/documents', {}, { position: found.documentMark() });
    case 'BAD_DQ_ESCAPE':
      return diagnostic('yaml/escape', { found: source.text.slice(offset, offset + 2) }, { position: { source, offset, length: 2 } });
    case 'BAD_SCALAR_START':
      return diagnostic('yaml/start', { found: found.character }, { position, hint: quoted(found.restOfLine) });
    case 'BLOCK_AS_IMPLICIT_KEY':
      return found.goesOnBelow() ? indentation(found.nextLine()) : colon(found);
    case 'BAD_INDENT':
      return found.isBracketLeftOpen() ? diagnostic('yaml/bracket', {}, { position: found.openBracket() }) : indentation(found.lineStart());
    case 'MULTILINE_IMPLICIT_KEY':
      return diagnostic('yaml/no-value', { found: found.restOfLine }, { position: found.line() });
    case 'MISSING_CHAR':
      return missing(found, error);
    case 'UNEXPECTED_TOKEN':
      return unexpected(found, error);
    default:
      return diagnostic('yaml/syntax', { reason: error.message }, { position });
  }
}

function missing(found: Place, error: YAMLParseError): Diagnostic {
  // The package has one code for whatever is missing; which of them it is only its text tells.
  const quote = /^Missing closing (["'])/.exec(error.message)?.[1];
  if (quote !== undefined) return diagnostic('yaml/quote', { quote }, { position: found.openQuote(quote) });
  if (/^Sequence item/.test(error.message)) return indentation(found.lineStart());
  if (/^Implicit map keys/.test(error.message))
    return diagnostic('yaml/no-value', { found: found.lineText.trim() }, { position: found.line() });
  return diagnostic('yaml/syntax', { reason: error.message }, { position: found.position });
}

function unexpected(found: Place, error: YAMLParseError): Diagnostic {
  if (found.isFirstOfLine()) return indentation(found.lineStart());
  const before = found.lineText.slice(0, found.column).trimEnd();
  if (/["']$/.test(before)) {
    const value = found.lineText.slice(found.valueStart()).trim();
    const line = { source: found.source, offset: found.offset, length: found.restOfLine.length };
    return diagnostic('yaml/after-quote', { found: found.restOfLine }, { position: line, hint: requoted(value) });
  }
  if (found.character === '-') return diagnostic('yaml/dash', {}, { position: found.position });
  if (/[\]}]/.test(found.character)) return diagnostic('yaml/closing', { found: found.character }, { position: found.position });
  return diagnostic('yaml/syntax', { reason: error.message }, { position: found.position });
}

function colon(found: Place): Diagnostic {
  const value = found.restOfLine;
  const at = value.indexOf(': ');
  const position = { source: found.source, offset: found.offset + Math.max(0, at), length: 1 };
  return diagnostic('yaml/colon', {}, { position, hint: quoted(value) });
}

function indentation(position: Position): Diagnostic {
  return diagnostic('yaml/indent', { column: position.source.lineColumn(position.offset).column }, { position });
}

/** The text as a YAML string that is it and nothing else. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** `'it's'`: the quotes around it were meant as quotes. */
function requoted(value: string): string {
  const inner = /^(['"])(.*)\1$/.exec(value)?.[2];
  if (inner === undefined) return quoted(value);
  return inner.includes("'") && !/["\\]/.test(inner) ? `"${inner}"` : quoted(inner);
}
