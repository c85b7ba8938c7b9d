import { styleText } from 'node:util';
import { catalog } from './catalog/index.js';
import { type Diagnostic, fill, plainMessage, spoken } from './errors.js';
import { type Language, message } from './messages/message.js';
import { formatPosition, type Position } from './position.js';
import { printable } from './printable.js';
import { textWidth } from './text-width.js';

export interface RenderOptions {
  readonly language: Language;
  readonly colour: boolean;
}

type Format = Parameters<typeof styleText>[0];
type Paint = (format: Format, text: string) => string;

/**
 * A finding as an operator reads it, without a line feed at the end:
 *
 *     play.yaml:14:9: error: unknown argument "onwer" of module "file"
 *        13 |       file:
 *        14 |         onwer: root
 *           |         ^^^^^ did you mean "owner"?
 *       fix: …
 *
 * Secrets are masked where it is written.
 */
export function renderDiagnostic(found: Diagnostic, { language, colour }: RenderOptions): string {
  const paint: Paint = (format, text) => (colour && text !== '' ? styleText(format, text, { validateStream: false }) : text);
  const tone = found.severity === 'error' ? 'red' : 'yellow';
  const place = found.position ? `${paint('bold', printable(formatPosition(found.position)))}: ` : '';
  const label = paint([tone, 'bold'], message(language, found.severity === 'error' ? 'error.error' : 'error.warning'));
  const remedy = fill(catalog[found.code][language].remedy, spoken(found.params, language));
  return [
    `${place}${label}: ${printable(plainMessage(found, language))}`,
    ...excerpt(
      found,
      language,
      (text) => paint(tone, text),
      (text) => paint('dim', text),
    ),
    `  ${printable(message(language, 'error.fix', { remedy }))}`,
  ].join('\n');
}

function excerpt(found: Diagnostic, language: Language, mark: (text: string) => string, margin: (text: string) => string): string[] {
  const hint = found.nearest === undefined ? (found.hint ?? '') : message(language, 'error.nearest', { name: found.nearest });
  const [first = '', ...more] = printable(hint).split('\n');
  if (!found.position) return [first, ...more].filter((each) => each !== '').map((each) => `  ${each}`);
  const { source, offset } = found.position;
  const { line } = source.lineColumn(offset);
  const numbered = (number: number) => {
    const text = expandTabs(source.line(number) ?? '');
    return `${margin(`${String(number).padStart(5)} |`)}${text === '' ? '' : ` ${text}`}`;
  };
  const { indent, carets } = underline(found.position);
  const empty = margin(`${' '.repeat(5)} |`);
  const marked = mark([`${' '.repeat(indent)}${'^'.repeat(carets)}`, first].filter((each) => each !== '').join(' '));
  const below = more.map((each) => `${empty} ${' '.repeat(indent + carets)} ${mark(each)}`);
  return [...(line > 1 ? [numbered(line - 1)] : []), numbered(line), `${empty} ${marked}`, ...below];
}

/** Columns before the marked text, and its own: to the end of the line at most, one at least. */
function underline({ source, offset, length }: Position): { indent: number; carets: number } {
  const { line, column } = source.lineColumn(offset);
  const text = source.line(line) ?? '';
  const indent = textWidth(expandTabs(text.slice(0, column - 1)));
  const end = Math.min(text.trimEnd().length, column - 1 + length);
  const width = textWidth(expandTabs(text.slice(0, end))) - indent;
  return { indent, carets: Math.max(1, width) };
}

/** Tabs as spaces to the next multiple of eight columns, other control characters shown. */
function expandTabs(text: string): string {
  const [head = '', ...rest] = text.split('\t');
  return rest.reduce((line, part) => `${line}${' '.repeat(8 - (textWidth(line) % 8))}${printable(part)}`, printable(head));
}
