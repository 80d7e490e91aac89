import { parseArgs } from 'node:util';
import { rows } from './rows';
import type { Extent, Row } from './row';

/** What `npm run crash` was asked for. */
export interface Wish {
  readonly rows: readonly Row[];
  readonly seed: number;
  readonly extent: Extent;
  /** What is put through them: our system, the naive designs, or both. */
  readonly designs: readonly ('own' | 'naive')[];
  /** Whether the table is written into docs/reliability.md. */
  readonly writes: boolean;
}

/** How to ask. */
export const usage = `npm run crash                      every row
npm run crash -- --row NAME        one row, as often as wanted: ${rows.map(({ name }) => name).join(' ')}
npm run crash -- --seed N          the same moments and pairs as a run that said seed N
npm run crash -- --design naive    only the designs that must be found out; own: only ours
npm run crash -- --sample          what npm test takes of them
npm run crash -- --write           also writes the table into docs/reliability.md`;

/** Reads the arguments; nothing when they cannot be understood. `today` is the seed of a run that names none. */
export function readWish(argv: readonly string[], today: number): Wish | undefined {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { row: { type: 'string', multiple: true }, seed: { type: 'string' }, sample: { type: 'boolean' }, write: { type: 'boolean' }, design: { type: 'string' } },
    });
    const seed = values.seed === undefined ? today : Number(values.seed);
    const named = values.row?.map((name) => rows.find((row) => row.name === name));
    const designs = (['own', 'naive'] as const).filter((design) => values.design === undefined || values.design === design);
    if (designs.length === 0) return undefined;
    if (!Number.isSafeInteger(seed) || named?.includes(undefined)) return undefined;
    const extent = values.sample ? 'sample' : 'full';
    const chosen = named?.filter((row) => row !== undefined) ?? rows.filter(({ inSample }) => extent === 'full' || inSample);
    return { rows: chosen, seed, extent, designs, writes: values.write === true };
  } catch {
    // parseArgs throws on an option that it does not know; the usage says which there are.
    return undefined;
  }
}
