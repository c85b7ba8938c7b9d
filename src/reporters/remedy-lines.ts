import type { Say } from '../base/messages/message.js';
import { printable } from '../base/printable.js';
import { textWidth, wrapText } from '../base/text-width.js';
import type { Finding } from './finding-texts.js';

/**
 * What mends a finding: by which playbook, by whom else. A command stands on lines of its own and is never wrapped, so that it can be copied as it is:
 * the terminal itself may break it, and knows that it is one line.
 */
export function remedyLines(
  { mendedBy, remedy, command, by }: Finding,
  say: Say,
  { indent, columns }: { indent: string; columns: number },
): string[] {
  const lines: string[] = [];
  if (mendedBy !== undefined) lines.push(...hanging(say('findings.mended-by', { playbook: mendedBy }), indent, columns));
  if (remedy !== undefined || command !== undefined) {
    const who = say(by === 'vendor' ? 'findings.by-vendor' : 'findings.by-you');
    lines.push(
      ...hanging(remedy === undefined ? `${who}:` : `${who}: ${printable(remedy)}${command === undefined ? '' : ':'}`, indent, columns),
    );
  }
  if (command !== undefined)
    lines.push(
      ...printable(command)
        .split('\n')
        .map((line) => `${indent}    ${line}`),
    );
  return lines;
}

const ARROW = '→ ';

function hanging(text: string, indent: string, columns: number): string[] {
  const room = Math.max(10, columns - textWidth(indent) - ARROW.length);
  return wrapText(text, room).map((line, at) => `${indent}${at === 0 ? ARROW : ' '.repeat(ARROW.length)}${line}`);
}
