import { formatChinaTime, isRefusal, mayBegin, parseFreeText, refuse, type Caller, type Refusal } from '@lianfang/vocabulary';
import { differingFact, type FourFacts } from './four-facts.rules';
import type { StopPaymentOrder } from './stop-payment-order.entity';

/** What the rules of an order look at. */
export interface OrderFacts {
  readonly order: Pick<StopPaymentOrder, 'claimedBy' | 'leaseUntil' | 'validUntil'>;
  readonly caller: Caller;
  readonly now: Date;
}

/** One rule: a refusal, or nothing. */
type Rule<Facts> = (facts: Facts) => Refusal | undefined;

const isClaimed = ({ order, now }: OrderFacts): boolean => order.claimedBy !== null && order.leaseUntil !== null && order.leaseUntil > now;

/** An order that a colleague holds is not claimed a second time. */
export const isFreeToClaim: Rule<OrderFacts> = (facts) => {
  const { order, caller } = facts;
  if (!isClaimed(facts) || order.claimedBy === caller.id || order.leaseUntil === null) return undefined;
  return refuse('CLAIMED_BY_ANOTHER', { parameters: { until: formatChinaTime(order.leaseUntil) } });
};

/** Only who holds an order answers it; the machine holds what it works on. */
export const isClaimedByCaller: Rule<OrderFacts> = (facts) => {
  if (facts.caller.kind !== 'person') return isClaimed(facts) ? refuse('CLAIMED_BY_ANOTHER', { parameters: { until: formatChinaTime(facts.now) } }) : undefined;
  return isClaimed(facts) && facts.order.claimedBy === facts.caller.id ? undefined : refuse('NOT_CLAIMED_BY_YOU');
};

/** No execution begins on an order past its validity. */
export const isStillValid: Rule<OrderFacts> = ({ order, now }) => (mayBegin(order.validUntil, now) ? undefined : refuse('ORDER_NO_LONGER_VALID'));

/** What must hold before a stop is executed, in this order. @law 86-2 */
export const executionRules: readonly Rule<OrderFacts & { readonly facts: FourFacts; readonly nameConfirmed: boolean }>[] = [isClaimedByCaller, isStillValid, factsAgree, nameIsKnown];

/** All four facts agree; if one differs, nothing may be stopped. @law 86-2 */
export function factsAgree({ facts }: { readonly facts: FourFacts }): Refusal | undefined {
  const field = differingFact(facts);
  return field ? refuse('FACTS_DIFFER', { law: '86-2', parameters: { field } }) : undefined;
}

/** An order without a holder's name needs a person who has checked it. @law 86-2 */
export function nameIsKnown({ facts, nameConfirmed }: { readonly facts: FourFacts; readonly nameConfirmed: boolean }): Refusal | undefined {
  return facts.holderName === 'UNKNOWN' && !nameConfirmed ? refuse('NAME_NOT_CONFIRMED', { law: '86-2', path: 'nameConfirmed' }) : undefined;
}

/** The reasons that say nothing without a note. */
const reasonsWithNote: readonly string[] = ['EXEMPT_ACCOUNT', 'NOT_SUPPORTED', 'TECHNICAL'];

/** Longest business note, in characters; what messages carry. */
const LONGEST_NOTE = 500;

/** Reads the business note: null when there is none, required for the reasons that say nothing without it. */
export function readNote(typed: string | null | undefined, reason: string): string | null | Refusal {
  const note = parseFreeText(typed ?? '', 'businessNote', LONGEST_NOTE);
  if (!isRefusal(note) || note.code !== 'VALUE_MISSING') return note;
  return reasonsWithNote.includes(reason) ? refuse('NOTE_REQUIRED', { path: 'businessNote' }) : null;
}

/** The first refusal of an ordered list of rules. */
export function firstRefusal<Facts>(rules: readonly Rule<Facts>[], facts: Facts): Refusal | undefined {
  for (const rule of rules) {
    const refusal = rule(facts);
    if (refusal) return refusal;
  }
  return undefined;
}
