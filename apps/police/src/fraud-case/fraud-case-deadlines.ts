import { clockCaller } from '@lianfang/vocabulary';
import type { DeadlineHandlers } from '@lianfang/exchange';
import type { Clock } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import { FraudCase } from './fraud-case.entity';
import { recordFact } from './record-fact';

const clockOfPolice = clockCaller('police');

/** What the clock does to a fraud case; each does nothing when the case has moved on. */
export const fraudCaseDeadlines = (clock: Clock): DeadlineHandlers => ({
  'fraud-case.FORM_OVERDUE': (manager, { thingId }) => markFormOverdue(manager, thingId, clock.now()),
  'fraud-case.ENTRY_OVERDUE': (manager, { thingId }) => noteLateEntry(manager, thingId, clock.now()),
});

/** The catch-up time of a report by phone has run out without a signed form. @law 86-9 */
async function markFormOverdue(manager: EntityManager, caseId: string, at: Date): Promise<void> {
  const fraudCase = await manager.findOne(FraudCase, { where: { id: caseId }, lock: { mode: 'for_no_key_update' } });
  if (fraudCase?.formState !== 'DUE') return;
  fraudCase.formState = 'OVERDUE';
  fraudCase.version += 1;
  await manager.save(FraudCase, fraudCase);
  await recordFact(manager, clockOfPolice, { of: fraudCase, kind: 'FORM_OVERDUE', at });
}

/** Thirty minutes after acceptance no stop-payment request was entered. @law DL-01 */
async function noteLateEntry(manager: EntityManager, caseId: string, at: Date): Promise<void> {
  const [row] = await manager.query<{ entered: boolean }[]>('select exists (select from stop_payment_request where case_id = $1) as entered', [caseId]);
  const fraudCase = row?.entered ? null : await manager.findOneBy(FraudCase, { id: caseId });
  if (fraudCase) await recordFact(manager, clockOfPolice, { of: fraudCase, kind: 'ENTRY_OVERDUE', at });
}
