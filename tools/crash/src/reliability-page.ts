import { failpoints } from '@lianfang/database';
import { naiveDesigns } from './config';
import { invariants } from './invariants';
import { rows } from './rows';
import type { Outcome } from './run-rows';
import { columns, lineOf, markdownOf } from './table';

/** Ours first. */
const designs: readonly string[] = ['Lianfang', ...naiveDesigns];

const marks = (name: string): { begin: string; end: string } => ({ begin: `<!-- ${name}: written by npm run crash -- --write -->`, end: `<!-- end of ${name} -->` });

/** Puts the outcomes of a run into the page: a row that was run again takes the place of its last run, the others stay. */
export function writePage(page: string, outcomes: readonly Outcome[], date: string): string {
  const results = mergeResults(partOf(page, 'results'), outcomes.map((outcome) => lineOf(outcome, date)));
  const matrix = markdownOf(['row', 'what fails', 'where', 'how'], rows.map(({ name, what, where, how }) => [name, what, where, how]));
  const points = markdownOf(['fail point', 'processes', 'what is done there'], Object.entries(failpoints).map(([name, { processes, where }]) => [`\`${name}\``, processes.join(', '), where]));
  const promises = markdownOf(['', 'what must hold'], Object.entries(invariants));
  return Object.entries({ invariants: promises, results, matrix, points }).reduce((text, [name, part]) => withPart(text, name, part), page);
}

function mergeResults(written: string, lines: readonly (readonly string[])[]): string {
  const keyOf = (cells: readonly string[]): string => `${cells[0]} ${cells[1]}`;
  const before = written.split('\n').map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim())).filter((cells) => cells.length === columns.length && cells[0] !== 'row' && cells[0] !== '---');
  const byKey = new Map([...before, ...lines].map((cells) => [keyOf(cells), cells]));
  const order = rows.map(({ name }) => name);
  const known = [...byKey.values()].filter(([name = '']) => order.includes(name));
  const placeOf = ([row = '', design = '']: readonly string[]): number => designs.indexOf(design) * order.length + order.indexOf(row);
  return markdownOf(columns, known.sort((one, other) => placeOf(one) - placeOf(other)));
}

function partOf(page: string, name: string): string {
  const { begin, end } = marks(name);
  return page.includes(begin) ? (page.split(begin)[1]?.split(end)[0] ?? '').trim() : '';
}

function withPart(page: string, name: string, part: string): string {
  const { begin, end } = marks(name);
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`the page has no part "${name}" between its markers`);
  return `${before}${begin}\n${part}\n${end}${after}`;
}
