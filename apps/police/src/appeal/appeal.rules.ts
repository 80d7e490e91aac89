import { refuse, type Refusal } from '@lianfang/vocabulary';
import type { StopPaymentBatch } from '../stop-payment-request/stop-payment-batch.entity';
import type { StopPaymentRequest } from '../stop-payment-request/stop-payment-request.entity';

/** An appeal is against a measure that took effect (反诈法 32): a stop that runs or has run. */
export const tookEffect = ({ startedAt }: Pick<StopPaymentRequest, 'startedAt'>): Refusal | undefined =>
  startedAt === null ? refuse('APPEAL_WITHOUT_STOP', { path: 'requestId', law: 'AF-32' }) : undefined;

/** Who reviews neither proposed nor approved the stop (workflows 2.13). */
export const isUninvolved = (reviewerId: string, { operatorId, approverId }: Pick<StopPaymentBatch, 'operatorId' | 'approverId'>): Refusal | undefined =>
  reviewerId === operatorId || reviewerId === approverId ? refuse('APPEAL_REVIEWER_INVOLVED', { law: 'AF-32' }) : undefined;
