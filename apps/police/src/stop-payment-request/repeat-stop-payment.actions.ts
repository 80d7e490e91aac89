import { mayDo } from '@lianfang/access';
import { isRefusal, isRefused, Refused, type Refusal } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { ActionContext } from '../action-context';
import { carryOutOnce } from './carry-out-once';
import { readReason } from './reason';
import { correctedDraft, secondDraft, type StopPaymentChanges } from './repeat-draft';
import type { StopDraft } from './stop-draft';
import { StopPaymentBatch } from './stop-payment-batch.entity';
import { lockRequest } from './stop-payment-batch.query';
import { findStopCase } from './stop-payment-case.query';
import { refuseCase } from './stop-payment-case.rules';
import { StopPaymentRequest, targetOf } from './stop-payment-request.entity';
import { storeProposal } from './store-proposal.actions';

/** A correction after the bank found a fact different. */
export interface CorrectStopPayment {
  readonly idempotencyKey: string;
  readonly requestId: string;
  /** The request's version that the officer saw. */
  readonly version: number;
  readonly changes: StopPaymentChanges;
  /** The first proposal's reason when left out. */
  readonly reason?: string | null;
}

/** A second stop of an account (再次止付). */
export interface RequestSecondStop {
  readonly idempotencyKey: string;
  readonly requestId: string;
  readonly version: number;
  readonly reason: string;
}

/**
 * Proposes a stop again that was not executed, with what differs and everything else copied; the second person decides again (practice A6).
 * Also sends the same again after a technical cause or a lapsed order.
 */
export const correctStopPayment = (context: ActionContext, input: CorrectStopPayment): Promise<StopPaymentBatch | Refused> =>
  carryOutOnce(context, { action: 'correctStopPayment', input, result: StopPaymentBatch }, (manager) =>
    repeat(manager, context, { ...input, draftOf: (request) => correctedDraft(manager, request, { changes: input.changes, now: context.clock.now(), position: 0, path: 'changes' }) }),
  );

/** Proposes the second and last stop of an account that the unit has stopped once (86-5); needs a reason and the second person. */
export const requestSecondStop = (context: ActionContext, input: RequestSecondStop): Promise<StopPaymentBatch | Refused> =>
  carryOutOnce(context, { action: 'requestSecondStop', input, result: StopPaymentBatch }, (manager) =>
    repeat(manager, context, { ...input, draftOf: (request) => secondDraft(request, input.reason) }),
  );

interface Repetition {
  readonly requestId: string;
  readonly version: number;
  readonly reason?: string | null;
  readonly draftOf: (request: StopPaymentRequest) => Promise<StopDraft | Refusal[]> | StopDraft | Refusal[];
}

async function repeat(manager: EntityManager, context: ActionContext, { requestId, version, reason: typed, draftOf }: Repetition): Promise<string | Refused> {
  const { caller, clock } = context;
  const request = await lockRequest(manager, requestId);
  const stopCase = request ? await findStopCase(manager, request.caseId) : undefined;
  if (!request || !stopCase) return Refused.because('NOT_FOUND', { path: 'requestId' });
  const denied = mayDo(caller, 'stop-payment-request.PROPOSE', targetOf(request));
  if (denied) return new Refused([denied]);
  if (request.version !== version) return Refused.because('CHANGED_MEANWHILE', { path: 'version' });

  const now = clock.now();
  const earlier = await manager.findOneByOrFail(StopPaymentBatch, { id: request.batchId });
  const reason = (typed ?? '').trim() === '' ? earlier.reasonSealed.open() : readReason(typed, 'reason');
  const draft = await draftOf(request);
  const faults = [...refuseCase({ fraudCase: stopCase.fraudCase, now }), ...(Array.isArray(draft) ? draft : []), ...(isRefusal(reason) ? [reason] : [])];
  if (faults.length > 0 || Array.isArray(draft) || isRefusal(reason)) return new Refused(faults);
  const operator = { id: caller.id, name: caller.name };
  const stored = await storeProposal(manager, context, { stopCase, drafts: [draft], unread: [], reason, preparedBy: 'OFFICER', operator, caller, now });
  return isRefused(stored) ? stored : stored.batch.id;
}
