import type { ErrorObject } from 'ajv';

/** What the writer did wrong: one for each, however many keywords of the schema say so. */
export type Mistake = { readonly path: readonly (string | number)[] } & (
  | { readonly kind: 'unknown'; readonly name: string; readonly known: readonly string[] }
  | { readonly kind: 'missing'; readonly name: string }
  /** A `oneOf` about which names are there. */
  | { readonly kind: 'presence'; readonly tooMany: boolean; readonly names: readonly string[] }
  | { readonly kind: 'invalid'; readonly error: ErrorObject }
);

/** `anyOf` and `oneOf` choose the branch that was meant and report that one, or themselves; a place has one complaint about its value. */
export function mistakesOf(errors: readonly ErrorObject[]): Mistake[] {
  const mistakes = reduce(errors).map(toMistake);
  const seen = new Set<string>();
  return mistakes.filter((each) => {
    const key = JSON.stringify([each.path, each.kind, 'name' in each ? each.name : '']);
    return !seen.has(key) && seen.add(key);
  });
}

function reduce(errors: readonly ErrorObject[]): ErrorObject[] {
  const relevant = errors.filter((each) => each.keyword !== 'if');
  const combinators = relevant.filter(isCombinator);
  const below = new Set<ErrorObject>();
  const chosen: ErrorObject[] = [];
  // A combinator comes after its branches, and one inside a branch before the outer: the last are the outermost.
  for (const each of combinators.toReversed()) {
    if (below.has(each)) continue;
    const branches = branchesOf(each, relevant);
    for (const error of branches.flat()) below.add(error);
    chosen.push(...choose(each, branches));
  }
  return [...relevant.filter((each) => !isCombinator(each) && !below.has(each)), ...chosen];
}

function isCombinator(error: ErrorObject): boolean {
  return error.keyword === 'anyOf' || error.keyword === 'oneOf';
}

function branchesOf(combinator: ErrorObject, errors: readonly ErrorObject[]): ErrorObject[][] {
  const schemas: unknown = combinator.schema;
  if (!Array.isArray(schemas)) return [];
  const earlier = errors.slice(0, errors.indexOf(combinator)).filter((each) => each.instancePath.startsWith(combinator.instancePath));
  return schemas.map((schema: unknown, index) => {
    const ref = typeof schema === 'object' && schema !== null && '$ref' in schema ? String(schema.$ref) : undefined;
    const within = (each: ErrorObject, start: string) => each.schemaPath.startsWith(`${start}/`);
    return earlier.filter((each) => within(each, `${combinator.schemaPath}/${index}`) || (ref !== undefined && within(each, ref)));
  });
}

function choose(combinator: ErrorObject, branches: readonly (readonly ErrorObject[])[]): ErrorObject[] {
  if (branches.every((branch) => branch.every((each) => isPresence(each, combinator)))) return [combinator];
  const here = (each: ErrorObject) => each.instancePath === combinator.instancePath && /^(type|const|enum|pattern)$/.test(each.keyword);
  const meant = branches.filter((branch) => branch.length > 0 && !branch.some(here)).map(reduce);
  const [best] = meant.sort((a, b) => a.length - b.length);
  return best ?? [combinator];
}

function isPresence(error: ErrorObject, combinator: ErrorObject): boolean {
  return error.keyword === 'required' && error.instancePath === combinator.instancePath;
}

function toMistake(error: ErrorObject): Mistake {
  const path = pathOf(error);
  const params: Readonly<Record<string, unknown>> = error.params;
  switch (error.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return {
        path,
        kind: 'unknown',
        name: String(params.additionalProperty ?? params.unevaluatedProperty),
        known: namesOf(error.parentSchema),
      };
    case 'propertyNames':
      return { path, kind: 'unknown', name: String(params.propertyName), known: [] };
    case 'required':
    case 'dependentRequired':
      return { path, kind: 'missing', name: String(params.missingProperty) };
    case 'anyOf':
    case 'oneOf': {
      const names = requiredNames(error);
      if (names.length === 0) return { path, kind: 'invalid', error };
      if (error.keyword === 'anyOf') return { path, kind: 'missing', name: names[0] ?? '' };
      return { path, kind: 'presence', tooMany: Array.isArray(params.passingSchemas), names };
    }
    default:
      return { path, kind: 'invalid', error };
  }
}

/** Names that the branches of a combinator require, when that is all they say. */
function requiredNames(error: ErrorObject): string[] {
  const schemas: unknown = error.schema;
  if (!Array.isArray(schemas)) return [];
  const required = schemas.map((each: unknown) =>
    typeof each === 'object' && each !== null && 'required' in each && Array.isArray(each.required) ? each.required.map(String) : [],
  );
  return required.every((each) => each.length > 0) ? required.flat() : [];
}

function namesOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return [];
  return Object.keys(schema.properties ?? {});
}

/** Steps into lists are numbers. */
function pathOf(error: ErrorObject): (string | number)[] {
  return error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}
