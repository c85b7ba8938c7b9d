import type { Diagnostic } from '../base/errors.js';
import { isTemplate } from '../base/template-text.js';
import { secretVariables } from './mask-given.js';
import type { Session } from './session.js';

// `name: value`, `name=value`, `{"name": "value"}`: what stands for a variable's value, quoted or up to what could end it.
const ASSIGNMENT = /([A-Za-z_]\w*)["']?[ \t]*[:=][ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'#][^\n]*))/g;

/**
 * An excerpt shows lines of a file that could not be read, before anything in it is known: what stands there for a secret variable is masked
 * all the same.
 */
export function maskWritten(found: readonly Diagnostic[], session: Session): void {
  const sources = new Set(found.flatMap(({ position }) => (position ? [position.source.text] : [])));
  if (sources.size === 0) return;
  const secrets = secretVariables(session);
  for (const source of sources) {
    for (const [, name = '', ...values] of source.matchAll(ASSIGNMENT)) {
      if (!secrets.includes(name)) continue;
      for (const value of values.flatMap(forms)) if (!isTemplate(value)) session.terminal.masker.add(value);
    }
  }
}

/** Without quotes a value ends with the line, a comment, or what comes next in a flow mapping or an INI line. */
function forms(value: string | undefined): string[] {
  return value === undefined ? [] : [value.trim(), value.split(/\s+#/)[0] ?? '', value.split(/[,}\s]/)[0] ?? ''];
}
