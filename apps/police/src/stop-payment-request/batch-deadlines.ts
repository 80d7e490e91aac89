import { setDeadline, type DeadlineHandlers } from '@lianfang/exchange';
import { MINUTE } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import { giveNotice } from '../notice/give-notice.actions';
import { line } from '../notice/notice-line';
import type { AnswerRoom } from './doubtful-answer';
import { lockBatch } from './stop-payment-batch.query';
import { StopPaymentBatch } from './stop-payment-batch.entity';
import type { StopPaymentSettings } from './stop-payment-settings';
import { isWaiting } from './stop-payment-request.rules';

/** The clock of a batch, as the deadline table names it. */
const batchDeadline = { thing: 'stop-payment-batch', action: 'BATCH_WAITING' } as const;

/** Stores a new batch; from now on the approvers' minutes run (practice A9). Whoever decides it cancels the deadline. */
export async function insertBatch(manager: EntityManager, batch: StopPaymentBatch, { batchWaiting }: Pick<StopPaymentSettings, 'batchWaiting'>): Promise<void> {
  await manager.insert(StopPaymentBatch, batch);
  await setDeadline(manager, { ...batchDeadline, thingId: batch.id, dueAt: new Date(batch.createdAt.getTime() + batchWaiting) });
}

/** Tells once, to every leader who may approve and to the duty desk, that a batch still waits; it lapses never and approves itself never. */
export const batchDeadlines = ({ clock, settings }: Pick<AnswerRoom, 'clock' | 'settings'>): DeadlineHandlers => ({
  [`${batchDeadline.thing}.${batchDeadline.action}`]: async (manager, { thingId }) => {
    const locked = await lockBatch(manager, thingId);
    const waiting = locked?.requests.filter(isWaiting) ?? [];
    const [first] = waiting;
    if (!locked || !first) return;
    const { unitCode, regionCode, caseId } = locked.batch;
    const now = clock.now();
    const lines = [line('BATCH_WAITING', { minutes: String(settings.stopPayment.batchWaiting / MINUTE), accounts: String(waiting.length) })];
    await giveNotice(manager, { kind: 'BATCH_WAITING', audience: 'APPROVERS', unitCode, regionCode, caseId, requestId: first.id, lines, deliverAfter: now, now });
  },
});
