import { mayDo } from '@lianfang/access';
import { isRefusal, isRefused, refuse, Refused, type Refusal } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { ActionContext } from '../action-context';
import { carryOutOnce } from './carry-out-once';
import { readReason } from './reason';
import { readStopItem, type StopPaymentItem } from './read-stop-item';
import type { StopDraft } from './stop-draft';
import { StopPaymentBatch, type RefusedItem } from './stop-payment-batch.entity';
import { findStopCase, type StopCase } from './stop-payment-case.query';
import { refuseCase } from './stop-payment-case.rules';
import { targetOf } from './stop-payment-request.entity';
import { storeProposal } from './store-proposal.actions';

/** Stops to propose in one batch. */
export interface ProposeStopPayments {
  readonly idempotencyKey: string;
  readonly caseId: string;
  readonly items: readonly StopPaymentItem[];
  /** Why these accounts are to be stopped, in words. */
  readonly reason: string;
}

/**
 * Proposes stops for one case as one batch, which another person approves. Rows that pass become requests; rows that do not are listed in
 * `refusedItems` with their reasons, and are proposed again once corrected. Refused as a whole when the case, the reason or every row is refused.
 */
export const proposeStopPayments = (context: ActionContext, input: ProposeStopPayments): Promise<StopPaymentBatch | Refused> =>
  carryOutOnce(context, { action: 'proposeStopPayments', input, result: StopPaymentBatch, failpoints: 'order.propose' }, (manager) => propose(manager, context, input));

async function propose(manager: EntityManager, context: ActionContext, input: ProposeStopPayments): Promise<string | Refused> {
  const { caller, clock, settings } = context;
  const stopCase = await findStopCase(manager, input.caseId);
  if (!stopCase) return Refused.because('NOT_FOUND', { path: 'caseId' });
  const denied = mayDo(caller, 'stop-payment-request.PROPOSE', targetOf(stopCase.fraudCase));
  if (denied) return new Refused([denied]);

  const now = clock.now();
  const reason = readReason(input.reason, 'reason');
  const { drafts, unread } = readItems(input.items, stopCase, { now, wholeAccountLayers: settings.stopPayment.wholeAccountLayers });
  const faults = [...refuseCase({ fraudCase: stopCase.fraudCase, now }), ...refuseLength(input.items.length, settings.stopPayment.mostItems)];
  if (isRefusal(reason) || faults.length > 0) {
    return new Refused([...faults, ...(isRefusal(reason) ? [reason] : []), ...unread.flatMap(({ refusals }) => refusals)]);
  }
  const stored = await storeProposal(manager, context, {
    stopCase, drafts, unread, reason, preparedBy: 'OFFICER', operator: { id: caller.id, name: caller.name }, caller, now,
  });
  return isRefused(stored) ? stored : stored.batch.id;
}

function readItems(items: readonly StopPaymentItem[], { transfers, payer }: StopCase, ground: { now: Date; wholeAccountLayers: number }): { drafts: StopDraft[]; unread: RefusedItem[] } {
  const drafts: StopDraft[] = [];
  const unread: RefusedItem[] = [];
  for (const [position, item] of items.entries()) {
    const read = readStopItem(item, position, { ...ground, transfers, payer });
    if (Array.isArray(read)) unread.push({ position, refusals: read });
    else drafts.push(read);
  }
  return { drafts, unread };
}

function refuseLength(length: number, most: number): Refusal[] {
  if (length === 0) return [refuse('BATCH_EMPTY', { path: 'items' })];
  return length > most ? [refuse('BATCH_TOO_LONG', { path: 'items', parameters: { most: String(most) } })] : [];
}
