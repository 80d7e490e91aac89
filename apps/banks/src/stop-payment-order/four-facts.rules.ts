import { isSameMoney, sameName, type Money } from '@lianfang/vocabulary';

/** How one fact compares: UNKNOWN when the order does not give it. */
export type FactMatch = 'MATCH' | 'MISMATCH' | 'UNKNOWN';

/** The four facts that a bank checks before it stops (止付信息核对; 86-2), in the order in which a difference is reported. */
export interface FourFacts {
  readonly account: FactMatch;
  readonly holderName: FactMatch;
  readonly amount: FactMatch;
  readonly time: FactMatch;
}

/** Before anybody has asked the core system. */
export const unknownFacts: FourFacts = { account: 'UNKNOWN', holderName: 'UNKNOWN', amount: 'UNKNOWN', time: 'UNKNOWN' };

/** What the order says. `holderName` is null when the victim does not know it. */
export interface OrderedFacts {
  readonly holderName: string | null;
  readonly amount: Money;
  readonly transferredAt: Date;
}

/** What the core system knows: nothing when there is no such account. */
export interface KnownFacts {
  readonly holderName: string;
  /** Credits around the ordered time. */
  readonly credits: readonly { readonly amount: Money; readonly at: Date }[];
}

/** How far the transfer's time may be off, in milliseconds, at one institution. */
export type TimeTolerance = number;

const within = (tolerance: TimeTolerance, left: Date, right: Date): boolean => Math.abs(left.getTime() - right.getTime()) <= tolerance;

/** The account exists at this institution. @law 86-2 */
export const matchAccount = (known: KnownFacts | undefined): FactMatch => (known ? 'MATCH' : 'MISMATCH');

/** The holder's name is the same letter by letter, apart from width, spaces and dots. @law 86-2 */
export const matchHolderName = (ordered: OrderedFacts, known: KnownFacts): FactMatch => {
  if (ordered.holderName === null) return 'UNKNOWN';
  return sameName(ordered.holderName, known.holderName) ? 'MATCH' : 'MISMATCH';
};

/** A credit of exactly this amount in this currency came in around that time; amounts have no tolerance, and another currency is another amount. @law 86-2 */
export const matchAmount = (ordered: OrderedFacts, known: KnownFacts): FactMatch =>
  known.credits.some((credit) => isSameMoney(credit.amount, ordered.amount)) ? 'MATCH' : 'MISMATCH';

/** The credit of that amount came in at that time, within the institution's tolerance; without one, any credit counts. @law 86-2 */
export const matchTime = (ordered: OrderedFacts, known: KnownFacts, tolerance: TimeTolerance): FactMatch => {
  const sameAmount = known.credits.filter((credit) => isSameMoney(credit.amount, ordered.amount));
  const candidates = sameAmount.length > 0 ? sameAmount : known.credits;
  return candidates.some((credit) => within(tolerance, credit.at, ordered.transferredAt)) ? 'MATCH' : 'MISMATCH';
};

/** Compares all four facts. Without the account the other three stay unknown. */
export function matchFourFacts(ordered: OrderedFacts, known: KnownFacts | undefined, tolerance: TimeTolerance): FourFacts {
  if (!known) return { ...unknownFacts, account: matchAccount(known) };
  return {
    account: matchAccount(known),
    holderName: matchHolderName(ordered, known),
    amount: matchAmount(ordered, known),
    time: matchTime(ordered, known, tolerance),
  };
}

/** A protective hold has no transfer: the account is there, and it is the victim's own by its holder's name (practice B). */
export const matchOwnAccount = (holderName: string | null, known: Pick<KnownFacts, 'holderName'> | undefined): FourFacts => ({
  ...unknownFacts,
  account: known ? 'MATCH' : 'MISMATCH',
  holderName: known && holderName !== null ? (sameName(holderName, known.holderName) ? 'MATCH' : 'MISMATCH') : 'UNKNOWN',
});

/** The first fact that differs, as the reason with which the bank declines; nothing when none does. */
export function differingFact(facts: FourFacts): 'NOT_FOUND' | 'MISMATCH_NAME' | 'MISMATCH_AMOUNT' | 'MISMATCH_TIME' | undefined {
  if (facts.account === 'MISMATCH') return 'NOT_FOUND';
  if (facts.holderName === 'MISMATCH') return 'MISMATCH_NAME';
  if (facts.amount === 'MISMATCH') return 'MISMATCH_AMOUNT';
  return facts.time === 'MISMATCH' ? 'MISMATCH_TIME' : undefined;
}
