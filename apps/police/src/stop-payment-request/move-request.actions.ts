import { move, type Facts } from '@lianfang/access';
import type { Caller, Refusal } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import { targetOf, type StopPaymentRequest } from './stop-payment-request.entity';
import { stopPaymentRequestLifecycle, type StopPaymentRequestAction } from './stop-payment-request.lifecycle';

/** One move of a request. */
export interface RequestMove {
  readonly action: StopPaymentRequestAction;
  readonly caller: Caller;
  readonly at: Date;
  readonly reason?: string | null;
  readonly facts?: Facts;
  /** The version that the caller saw. */
  readonly version?: number | null;
}

/** Moves a request along its lifecycle, with its case and scope. The action saves it afterwards. */
export const moveRequest = (manager: EntityManager, request: StopPaymentRequest, step: RequestMove): Promise<Refusal | undefined> =>
  move(manager, { lifecycle: stopPaymentRequestLifecycle, thing: request, target: targetOf(request), caseId: request.caseId, ...step });

/** The same where the lifecycle must allow it: a refusal is a broken assumption. */
export async function mustMoveRequest(manager: EntityManager, request: StopPaymentRequest, step: RequestMove): Promise<void> {
  const refusal = await moveRequest(manager, request, step);
  if (refusal) throw new Error(`stop-payment-request ${request.id}: ${step.action} was refused with ${refusal.code} in state ${request.state}`);
}
