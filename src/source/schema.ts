import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { type Diagnostic, diagnostic } from '../base/errors.js';
import { nearest } from '../base/nearest.js';
import type { Position } from '../base/position.js';
import { describeNode, entryOf, headOf, nodeAt, positionAt, type YamlNode } from './node.js';
import { type Mistake, mistakesOf } from './schema-mistakes.js';
import { describeSchema, describeViolation } from './schema-words.js';
import { toSourceValue } from './source-value.js';
import { IS_TEMPLATE, isTemplateValue, type JsonSchema, templateAware } from './template-aware.js';

const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true, validateFormats: false });
ajv.addKeyword({ keyword: IS_TEMPLATE, schema: false, validate: isTemplateValue });

const compiled = new WeakMap<object, ValidateFunction>();

/**
 * What is wrong with a value as it is written: `args/unknown` at the key, `args/missing` at the head of the mapping that lacks it,
 * `args/invalid` and `args/form` (the whole value) at the value, `args/exclusive` and `args/one-of` where a `oneOf` is about presence.
 * Templates are whatever the schema wants. A value of nothing is an empty mapping.
 *
 * `owner`: the module (or whatever else) whose arguments these are. `at`: the key that owns the value; where something is missing in it.
 */
export function validateNode(schema: JsonSchema, node: YamlNode, owner: string, at?: Position): Diagnostic[] {
  const isNothing = node.kind === 'scalar' && node.value === null;
  const validate = validatorOf(schema);
  if (validate(isNothing ? {} : toSourceValue(node))) return [];
  const mistakes = mistakesOf(validate.errors ?? []);
  return mistakes.map((mistake) => toDiagnostic(mistake, node, owner, at));
}

function validatorOf(schema: JsonSchema): ValidateFunction {
  if (typeof schema === 'boolean') return ajv.compile(schema);
  let validate = compiled.get(schema);
  if (!validate) {
    validate = ajv.compile(templateAware(schema));
    compiled.set(schema, validate);
  }
  return validate;
}

function toDiagnostic(mistake: Mistake, root: YamlNode, owner: string, at: Position | undefined): Diagnostic {
  const { path } = mistake;
  const parent = nodeAt(root, path);
  const head = path.length === 0 ? at : keyPositionAt(root, path);
  switch (mistake.kind) {
    case 'unknown': {
      const near = nearest(mistake.name, mistake.known);
      const position = entryOf(parent, mistake.name)?.keyPosition ?? head;
      return diagnostic('args/unknown', { name: named([...path, mistake.name]), owner }, { position, nearest: near });
    }
    case 'missing':
      return diagnostic('args/missing', { name: named([...path, mistake.name]), owner }, { position: head ?? headOf(parent ?? root) });
    case 'presence':
      return diagnostic(
        mistake.tooMany ? 'args/exclusive' : 'args/one-of',
        { owner, names: mistake.names.join(', ') },
        { position: head ?? headOf(parent ?? root) },
      );
    case 'invalid': {
      const found = parent ? describeNode(parent) : 'nothing';
      const expected =
        mistake.error.keyword === 'anyOf' || mistake.error.keyword === 'oneOf'
          ? describeSchema(mistake.error.parentSchema)
          : describeViolation(mistake.error);
      const position = parent && parent.kind !== 'scalar' ? headOf(parent) : positionAt(root, path);
      if (path.length === 0) return diagnostic('args/form', { owner, found, expected }, { position });
      return diagnostic('args/invalid', { name: named(path), owner, found, expected }, { position });
    }
  }
}

function keyPositionAt(root: YamlNode, path: readonly (string | number)[]): Position | undefined {
  const last = path.at(-1);
  if (last === undefined) return undefined;
  const owner = nodeAt(root, path.slice(0, -1));
  return entryOf(owner, String(last))?.keyPosition;
}

/** `dialogue[0].prompt`. */
function named(path: readonly (string | number)[]): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}
