import type { Diagnostic } from '../base/errors.js';
import type { Masking } from '../base/secret.js';
import { fromExcerpt, toExcerpt } from './excerpt.js';

/** The same finding with masked texts. Its position points into a masked excerpt of the source. */
export function maskDiagnostic(found: Diagnostic, masking: Masking): Diagnostic {
  const { position, hint, ...rest } = found;
  const around = position && toExcerpt(position);
  return {
    ...rest,
    params: masking.maskValue(found.params),
    ...(hint !== undefined && { hint: masking.mask(hint) }),
    ...(around && { position: fromExcerpt({ ...around, lines: around.lines.map((line) => masking.mask(line)) }) }),
  };
}
