/** A head, what it means, and an example or nothing, indented. */
export function entry(head: string, text: string, example: string): string {
  return [head, `    ${text}`, ...example.split('\n').map((line) => `    ${line}`)].join('\n');
}

/** Names and what they mean, side by side. */
export function columns(rows: readonly (readonly [string, string])[]): string {
  return rows.map(([name, text]) => `${name.padEnd(20)} ${text}`).join('\n');
}
