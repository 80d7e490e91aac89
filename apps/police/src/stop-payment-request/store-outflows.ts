import { newId, Sealed } from '@lianfang/database';
import { isRefusal, normaliseGrouped, parseAccountNumber, type DataOf, type stopPaymentStopped } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { AnswerRoom } from './doubtful-answer';
import { proposeNextLayer } from './fund-chase.actions';
import { StopPaymentOutflow } from './stop-payment-outflow.entity';
import type { StopPaymentRequest } from './stop-payment-request.entity';

/** An outflow as the bank sent it. */
type SentOutflow = DataOf<typeof stopPaymentStopped>['outflows'][number];

/** Stores the outflows of an answer, sealed, and lets the machine propose the next layer from them. Called once per answer. */
export async function storeOutflows(manager: EntityManager, room: AnswerRoom, { request, outflows }: { request: StopPaymentRequest; outflows: readonly SentOutflow[] }): Promise<void> {
  const now = room.clock.now();
  const rows = outflows.map((outflow, position) => rowOf(outflow, { room, request, position, now }));
  await proposeNextLayer(manager, room, { request, outflows: rows, now });
  if (rows.length > 0) await manager.insert(StopPaymentOutflow, rows);
}

function rowOf(sent: SentOutflow, { room, request, position, now }: { room: AnswerRoom; request: StopPaymentRequest; position: number; now: Date }): StopPaymentOutflow {
  const number = readNumber(sent.accountNumber);
  return Object.assign(new StopPaymentOutflow(), {
    id: newId(),
    requestId: request.id,
    position,
    unitCode: request.unitCode,
    regionCode: request.regionCode,
    reference: sent.reference,
    at: new Date(sent.at),
    amountFen: BigInt(sent.amount.fen),
    currency: sent.amount.currency,
    numberSealed: number === null ? null : Sealed.of(number),
    numberIndex: number === null ? null : room.keyring.index('account-number', number),
    holderNameSealed: sent.holderName === null ? null : Sealed.of(sent.holderName),
    institution: sent.institution,
    proposedRequestId: null,
    notProposedCode: null,
    notProposedParameters: {},
    createdAt: now,
  });
}

/** An account number as ours are indexed; a wallet's or merchant's identifier as it stands; null for a masked one. */
function readNumber(sent: string | null): string | null {
  if (sent === null) return null;
  const number = parseAccountNumber(sent, 'accountNumber');
  if (!isRefusal(number)) return number.text;
  return number.code === 'ACCOUNT_MASKED' ? null : normaliseGrouped(sent) || null;
}
