import { cancelDeadlines } from '@lianfang/exchange';
import { partnerCaller } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { AnswerRoom } from './doubtful-answer';
import { mustMoveRequest } from './move-request.actions';
import type { StopPaymentRequest } from './stop-payment-request.entity';
import { may } from './stop-payment-request.rules';

/**
 * Lets the bank's confirmation take effect as soon as the state allows it: our release is RELEASED, whichever of release and term came first;
 * a term is EXPIRED. A release that nobody ordered waits for the end of the term. The caller saves the request.
 */
export async function settleRelease(manager: EntityManager, { clock }: AnswerRoom, request: StopPaymentRequest): Promise<void> {
  const isEnded = request.releaseConfirmedAt !== null;
  const isByTerm = request.releaseCause === 'EXPIRY' || !may(request, 'EXPIRE');
  const action = isEnded && may(request, 'RELEASE') ? 'RELEASE' : isEnded && isByTerm && may(request, 'CONFIRM_EXPIRY') ? 'CONFIRM_EXPIRY' : undefined;
  if (!action) return;
  const facts = { cause: request.releaseCause, stillStopped: request.stillStopped };
  await mustMoveRequest(manager, request, { action, caller: partnerCaller('police', 'banks'), at: clock.now(), facts });
  await cancelDeadlines(manager, { thingId: request.id });
}
