import { isTree, ownField, type Tree } from './plan';

/** Puts what a subgraph answered into what is known: objects by their fields, lists of one length by their rows; anything else replaces. */
export function merge(target: Tree, source: unknown): void {
  if (source === null || source === undefined) return;
  for (const [name, value] of Object.entries(source as Tree)) {
    const known = ownField(target, name);
    if (known && isTree(value)) merge(known as Tree, value);
    else if (Array.isArray(value) && Array.isArray(known) && known.length === value.length) mergeRows(known, value);
    else target[name] = value;
  }
}

function mergeRows(known: unknown[], rows: readonly unknown[]): void {
  for (let place = 0; place < rows.length; place += 1) {
    const [row, there] = [rows[place], known[place]];
    if (isTree(there) && isTree(row)) merge(there, row);
    else known[place] = row;
  }
}
