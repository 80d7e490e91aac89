import { seeded } from '../ledger/random';
import { outflowsSince, type CsvLedger, type CsvMovement } from './csv-ledger';

/** How transfers are picked. */
export interface Picking {
  readonly count: number;
  /** Outflows that the receiving account must have had at or after the transfer. */
  readonly laterOutflows: number;
  readonly seed: number;
}

/** The rule in words, for the output. */
export const pickingRule = ({ count, laterOutflows, seed }: Picking): string =>
  `${count} transfers into accounts that are not blocked and sent money on at least ${laterOutflows} times at or after the transfer (and at most 1,000 times, the most that an answer carries); ` +
  `in turn from each institution, in an order shuffled with seed ${seed}; every receiving account once, and none of them pays in another picked transfer`;

/** Picks transfers by the rule; throws when the files have too few. */
export function pickTransfers(ledger: CsvLedger, { count, laterOutflows, seed }: Picking): CsvMovement[] {
  const random = seeded(seed);
  const shuffled = ledger.transfers.map((transfer) => ({ transfer, place: random() })).sort((one, other) => one.place - other.place).map(({ transfer }) => transfer);
  const queues = new Map<string, CsvMovement[]>();
  for (const transfer of shuffled) {
    const institution = ledger.accounts.get(transfer.to)?.institution ?? '';
    queues.set(institution, [...(queues.get(institution) ?? []), transfer]);
  }
  const picked: CsvMovement[] = [];
  const isFit = ({ from, to, at }: CsvMovement): boolean => {
    const account = ledger.accounts.get(to);
    if (!account || account.isBlocked || from === to) return false;
    if (picked.some((other) => [other.to, other.from].includes(to) || other.to === from)) return false;
    const later = outflowsSince(ledger, to, at).length;
    return later >= laterOutflows && later <= 1_000;
  };
  const turns = [...queues.values()];
  while (picked.length < count) {
    const before = picked.length;
    for (const queue of turns) {
      if (picked.length === count) break;
      let next = queue.shift();
      while (next && !isFit(next)) next = queue.shift();
      if (next) picked.push(next);
    }
    if (picked.length === before) throw new Error(`only ${picked.length} transfers fit the rule, ${count} were asked for`);
  }
  return picked;
}
