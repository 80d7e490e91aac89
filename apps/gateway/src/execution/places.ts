import { ownField } from './plan';

/** The values at a place, `@` standing for the rows of a list. Throws when a subgraph gave a list where none belongs, or none where one does. */
export function valuesAt(value: unknown, path: readonly string[], from = 0): unknown {
  if (from === path.length || value === null || value === undefined) return value;
  const step = path[from] ?? '';
  if (step !== '@') {
    if (Array.isArray(value)) throw new Error(`expected an object at ${path.slice(0, from).join('.')}, found a list`);
    return valuesAt(ownField(value, step), path, from + 1);
  }
  if (!Array.isArray(value)) throw new TypeError(`expected a list at ${path.slice(0, from).join('.')}`);
  const values: unknown[] = [];
  for (const row of value) {
    const found = valuesAt(row, path, from + 1);
    if (Array.isArray(found)) for (const one of found) values.push(one);
    else values.push(found);
  }
  return values;
}

/** Where each value at a place stands in the answer, as errors name it: `['cases', 3, 'order']`. */
export function placesOf(value: unknown, path: readonly string[]): (string | number)[][] {
  const places: (string | number)[][] = [];
  collect({ value, path, here: [] }, places);
  return places;
}

interface Place {
  readonly value: unknown;
  readonly path: readonly string[];
  readonly here: readonly (string | number)[];
}

function collect({ value, path, here }: Place, places: (string | number)[][]): void {
  if (value === null || value === undefined) return;
  const [step, ...rest] = path;
  if (step === undefined) {
    places.push([...here]);
    return;
  }
  if (step === '@' && !Array.isArray(value)) throw new Error('expected a list');
  if (Array.isArray(value)) value.forEach((row: unknown, place) => collect({ value: row, path: step === '@' ? rest : path, here: [...here, place] }, places));
  else if (ownField(value, step) !== undefined) collect({ value: ownField(value, step), path: rest, here: [...here, step] }, places);
}
