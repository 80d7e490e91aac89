import { isCompositeType, isObjectType, type GraphQLCompositeType, type GraphQLSchema } from 'graphql';
import type { AnswerShape, FieldShape, FragmentShape, Selected, Selections, TypenameShape, ValueShape } from './answer-shape';
import { ownField, type Tree } from './plan';

/** An answer in the shape of its document, and the places of values that had the wrong one. */
export interface Shaped {
  readonly data: Tree | null;
  readonly misshapen: readonly (readonly (string | number)[])[];
}

/** What shaping needs beside shape and data. */
export interface ShapingParts {
  readonly schema: GraphQLSchema;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly defaults: ReadonlyMap<string, boolean>;
}

/** What the last value was, beside its content: as it should be; with an error told below; or null where null may not be. */
type Outcome = 'whole' | 'told' | 'void';

interface State extends ShapingParts {
  readonly path: (string | number)[];
  readonly misshapen: (readonly (string | number)[])[];
  outcome: Outcome;
}

/**
 * Gives what the document asks for out of what the subgraphs gave, in the document's order. A value of the wrong shape is null, and so is whatever must not
 * hold a null. Throws when a subgraph gave another kind of thing altogether, such as a number for a list.
 */
export function shapeAnswer({ root, selections }: AnswerShape, data: Tree, parts: ShapingParts): Shaped {
  const state: State = { ...parts, path: [], misshapen: [], outcome: 'whole' };
  const output: Tree = {};
  const isWhole = fill(state, { selections, input: data, output, type: root });
  return { data: isWhole ? output : null, misshapen: state.misshapen };
}

interface Filling {
  readonly selections: Selections;
  readonly input: Tree;
  readonly output: Tree;
  readonly type: GraphQLCompositeType;
}

/** Fills an object; false when it must be null instead. */
function fill(state: State, { selections, input, output, type }: Filling): boolean {
  for (const selected of selections) {
    if (selected.unless !== undefined && holds(state, selected.unless)) continue;
    if (selected.when !== undefined && !holds(state, selected.when)) continue;
    if (!fillOne(state, selected, { selections, input, output, type })) return false;
  }
  return true;
}

function fillOne(state: State, selected: Selected, { input, output, type, selections }: Filling): boolean {
  switch (selected.kind) {
    case 'field': return fillField(state, selected, { input, output, type, selections });
    case 'typename': return fillTypename(state, selected, { input, output, type, selections });
    case 'fragment': return fillFragment(state, selected, { input, output, type, selections });
  }
}

function fillField(state: State, { name, isInherited, value }: FieldShape, { input, output }: Filling): boolean {
  const [given, known] = isInherited ? [ownField(input, name), ownField(output, name)] : [input[name], output[name]];
  state.path.push(name);
  output[name] = valueFor(state, { shape: value, given: given ?? null, known });
  state.path.pop();
  return state.outcome !== 'void';
}

function fillTypename(state: State, { name }: TypenameShape, { input, output, type }: Filling): boolean {
  if (ownField(output, name) !== undefined) return true;
  const given = ownField(input, name) ?? input['__typename'];
  const found = typeof given === 'string' ? (state.schema.getType(given) ?? type) : type;
  if (!isObjectType(found)) return false;
  output[name] = found.name;
  return true;
}

function fillFragment(state: State, { type: wanted, names, selections }: FragmentShape, { input, output, type }: Filling): boolean {
  const typename = input['__typename'];
  if (typename && typeof typename !== 'string') throw new Error('expected __typename to be text');
  if (wanted && !names.has(typename ? String(typename) : type.name)) return true;
  return fill(state, { selections, input, output, type: wanted ?? type });
}

function holds({ variables, defaults }: State, condition: string | boolean): boolean {
  if (typeof condition === 'boolean') return condition;
  const given = ownField(variables, condition);
  const value = given === undefined ? defaults.get(condition) : given;
  if (typeof value !== 'boolean') throw new Error('expected a condition to be true or false');
  return value;
}

interface Valuing {
  readonly shape: ValueShape;
  /** What the subgraphs gave. */
  readonly given: unknown;
  /** What stands there already, from the same field selected before. */
  readonly known: unknown;
}

function valueFor(state: State, { shape, given, known }: Valuing): unknown {
  state.outcome = 'whole';
  if (known === null || (known !== undefined && isOfLeaves(shape))) return known;
  const value = given === null ? null : nullable(state, { shape, given, known });
  if (!shape.isRequired) return value;
  if (value !== null) {
    state.outcome = 'whole';
    return value;
  }
  if (state.outcome === 'whole') tell(state);
  state.outcome = 'void';
  return null;
}

const isOfLeaves = (shape: ValueShape): boolean => (shape.kind === 'list' ? isOfLeaves(shape.of) : shape.kind === 'leaf');

const tell = ({ misshapen, path }: State): unknown => misshapen.push([...path]);

function nullable(state: State, { shape, given, known }: Valuing): unknown {
  switch (shape.kind) {
    case 'list': return listOf(state, { shape: shape.of, given, known });
    case 'object': return objectOf(state, { type: shape.type, selections: shape.selections, given, known });
    case 'leaf':
      if (shape.isValid(given)) return given;
      tell(state);
      state.outcome = 'told';
      return null;
  }
}

function listOf(state: State, { shape, given, known }: Valuing): unknown[] | null {
  if (!Array.isArray(given)) throw new Error('expected a list');
  if (known !== undefined && !(Array.isArray(known) && known.length === given.length)) throw new Error('expected the same list twice');
  let [isVoid, isTold] = [false, false];
  const rows: unknown[] = [];
  for (let place = 0; place < given.length; place += 1) {
    state.path.push(place);
    rows.push(valueFor(state, { shape, given: given[place], known: Array.isArray(known) ? known[place] : undefined }));
    state.path.pop();
    if (state.outcome === 'whole') continue;
    isTold = true;
    if (state.outcome === 'void') isVoid = true;
  }
  state.outcome = isTold ? 'told' : 'whole';
  return isVoid ? null : rows;
}

interface ObjectValuing {
  readonly type: GraphQLCompositeType;
  readonly selections: Selections;
  readonly given: unknown;
  readonly known: unknown;
}

function objectOf(state: State, { type, selections, given, known }: ObjectValuing): Tree | null {
  if (typeof given !== 'object' || (known !== undefined && typeof known !== 'object')) throw new Error('expected an object');
  const typename = (given as Tree)['__typename'];
  if (typename !== undefined && typeof typename !== 'string') throw new Error('expected __typename to be text');
  const found = typename ? state.schema.getType(typename) : type;
  if (!isCompositeType(found)) {
    tell(state);
    state.outcome = 'told';
    return null;
  }
  const output = (known ?? {}) as Tree;
  const isWhole = fill(state, { selections, input: given as Tree, output, type: found });
  state.outcome = isWhole ? 'whole' : 'told';
  return isWhole ? output : null;
}
