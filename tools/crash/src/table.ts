import { invariantNames, invariants } from './invariants';
import type { Outcome } from './run-rows';

/** What is told right after a row: how many accidents, and each breach with the seed that repeats it. */
export function tellOutcome({ row, design, seed, accidents, breaches, fault, seconds }: Outcome): string {
  const head = `${row.name} · ${design}: ${accidents} accidents in ${seconds} s`;
  const lines = [
    ...(fault ? [`  ended early: ${fault}`] : []),
    ...breaches.slice(0, 10).map(({ invariant, what }) => `  ${invariant} broken (${invariants[invariant]}): ${what}`),
    ...(breaches.length > 10 ? [`  … ${breaches.length - 10} more`] : []),
  ];
  return lines.length === 0 ? `${head}, every invariant holds` : [`${head}; repeat it: npm run crash -- --row ${row.name} --seed ${seed}`, ...lines].join('\n');
}

/** What is told of a naive design: what found it out, in one line, because it is no breach of ours. */
export function tellNaive({ row, design, accidents, breaches, fault, seconds }: Outcome): string {
  const found = invariantNames.map((name) => ({ name, count: breaches.filter(({ invariant }) => invariant === name).length })).filter(({ count }) => count > 0);
  const by = found.map(({ name, count }) => `${name} (${count} times: ${invariants[name]})`).join('; ');
  return `${row.name} · ${design}: ${accidents} accidents in ${seconds} s, found out by ${by || 'nothing'}${fault ? `; ended early: ${fault}` : ''}`;
}

/** How an invariant fared in a row. */
function markOf({ breaches, checked }: Outcome, invariant: (typeof invariantNames)[number]): string {
  const count = breaches.filter((breach) => breach.invariant === invariant).length;
  if (count > 0) return `✗ ${count}`;
  return checked.includes(invariant) ? '✓' : '–';
}

/** The columns of a table of outcomes. */
export const columns: readonly string[] = ['row', 'design', 'accidents', ...invariantNames, 's', 'seed', 'date'];

/** One line of the table: `✗ 3` are three breaches, `–` is what a design keeps no records for. */
export const lineOf = (outcome: Outcome, date: string): readonly string[] => [
  outcome.row.name,
  outcome.design,
  `${outcome.accidents}${outcome.fault ? ' (ended early)' : ''}`,
  ...invariantNames.map((invariant) => markOf(outcome, invariant)),
  String(outcome.seconds),
  String(outcome.seed),
  date,
];

/** Markdown of a table. */
export const markdownOf = (head: readonly string[], lines: readonly (readonly string[])[]): string => [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
