import type { Clock, RefusalCode } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { PoliceGround } from '../action-context';
import { giveNotice } from '../notice/give-notice.actions';
import type { StopPaymentRequest } from './stop-payment-request.entity';

/** Where answers are handled: the app's ground and its clock. */
export interface AnswerRoom extends PoliceGround {
  readonly clock: Clock;
}

/** Something about an answer that a person should look at. */
export interface Doubt {
  readonly request: StopPaymentRequest;
  readonly code: RefusalCode;
  readonly parameters: Record<string, string>;
}

/** Records a doubt on the request and tells its unit, once: a lawful surprise is recorded, not thrown. */
export async function doubt(manager: EntityManager, { clock }: AnswerRoom, { request, code, parameters }: Doubt): Promise<void> {
  const isKnown = request.storedWarnings.some((warning) => warning.code === code && warning.parameters['answer'] === parameters['answer']);
  if (isKnown) return;
  const warning = { code, path: null, parameters };
  request.storedWarnings = [...request.storedWarnings, warning];
  await manager.save(request);
  const { unitCode, regionCode, caseId, id: requestId } = request;
  const now = clock.now();
  await giveNotice(manager, { kind: 'BANK_ANSWER_DOUBTFUL', audience: 'UNIT', unitCode, regionCode, caseId, requestId, lines: [warning], deliverAfter: now, now });
}
