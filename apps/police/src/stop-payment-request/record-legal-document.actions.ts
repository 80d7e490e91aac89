import { mayDo } from '@lianfang/access';
import { isRefusal, isRefused, normaliseGrouped, refuse, Refused, type Refusal } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { ActionContext } from '../action-context';
import { recordFact } from '../fraud-case/record-fact';
import { readLegalDocument, type LegalDocument } from '../legal-document/read-legal-document';
import { useDocumentNumbers } from '../legal-document/use-document-numbers';
import { carryOutOnce } from './carry-out-once';
import { refuseDocument } from './record-legal-document.rules';
import { StopPaymentBatch } from './stop-payment-batch.entity';
import { lockBatch, type LockedBatch } from './stop-payment-batch.query';
import { postDocument } from './stop-payment-order.messages';
import { StopPaymentRequest, targetOf } from './stop-payment-request.entity';

/** One stop under a document, and the number of the national platform's message that carried it. */
export interface DocumentedStop {
  readonly requestId: string;
  readonly externalMessageNumber?: string | null;
}

/** The legal document of a batch that was approved before it was issued. */
export interface RecordLegalDocument {
  readonly idempotencyKey: string;
  readonly batchId: string;
  /** The batch's version that was seen. */
  readonly version: number;
  readonly legalDocumentNumber: string;
  readonly legalDocumentHash?: string | null;
  /** The stops that it covers; left out: every stop of the batch that was ordered and has none. */
  readonly stops?: readonly DocumentedStop[] | null;
}

/** One request with what is recorded on it. */
interface Followed {
  readonly request: StopPaymentRequest;
  readonly externalMessageNumber: string | null;
}

/**
 * Records the legal document (文书) that follows an order, in one or in all stops of a batch, and tells each bank. The document is issued in the case
 * system and recorded here by number and hash (practice A1); its number belongs to one decision of one case, in the whole country.
 */
export const recordLegalDocument = (context: ActionContext, input: RecordLegalDocument): Promise<StopPaymentBatch | Refused> =>
  carryOutOnce(context, { action: 'recordLegalDocument', input, result: StopPaymentBatch }, (manager) => record(manager, context, input));

async function record(manager: EntityManager, context: ActionContext, input: RecordLegalDocument): Promise<string | Refused> {
  const { caller, clock } = context;
  const now = clock.now();
  const locked = await lockBatch(manager, input.batchId);
  if (!locked) return Refused.because('NOT_FOUND', { path: 'batchId' });
  const { batch } = locked;
  const denied = mayDo(caller, 'stop-payment-request.record-document', targetOf(batch)) ?? (batch.version === input.version ? undefined : refuse('CHANGED_MEANWHILE', { path: 'version' }));
  if (denied) return new Refused([denied]);
  const document = readFollowing(input, batch, now);
  if (isRefused(document)) return document;
  const followed = await chooseFollowed(manager, locked, input);
  if (isRefused(followed)) return followed;
  const numbers = [document.legalDocumentNumber ?? ''];
  const [used] = await useDocumentNumbers(manager, { numbers, decision: 'STOP_PAYMENT', of: { ...targetOfCase(batch) }, now });
  if (used !== undefined) return Refused.because('DOCUMENT_NUMBER_USED', { path: 'legalDocumentNumber', parameters: { number: used } });

  for (const { request, externalMessageNumber } of followed) {
    await manager.save(Object.assign(request, document, { externalMessageNumber, version: request.version + 1 }));
    await postDocument(manager, request, now);
  }
  await manager.save(Object.assign(batch, { legalDocumentNumber: batch.legalDocumentNumber ?? document.legalDocumentNumber, version: batch.version + 1 }));
  await recordFact(manager, caller, { of: targetOfCase(batch), kind: 'LEGAL_DOCUMENT_RECORDED', at: now, facts: { batchId: batch.id, stops: followed.length } });
  return batch.id;
}

const targetOfCase = ({ caseId, unitCode, regionCode }: StopPaymentBatch) => ({ id: caseId, unitCode, regionCode });

/** A document that follows may bear the year of its own issue or that of the decision it belongs to. */
function readFollowing({ legalDocumentNumber, legalDocumentHash }: RecordLegalDocument, { decidedAt }: StopPaymentBatch, now: Date): LegalDocument | Refused {
  const typed = { number: legalDocumentNumber, hash: legalDocumentHash };
  const ofToday = readLegalDocument(typed, '', now);
  const read = Array.isArray(ofToday) && decidedAt !== null ? readLegalDocument(typed, '', decidedAt) : ofToday;
  if (Array.isArray(read)) return new Refused(Array.isArray(ofToday) ? ofToday : read);
  return read.legalDocumentNumber === null ? Refused.because('LEGAL_DOCUMENT_MISSING', { path: 'legalDocumentNumber' }) : read;
}

async function chooseFollowed(manager: EntityManager, { batch, requests }: LockedBatch, { stops }: RecordLegalDocument): Promise<Followed[] | Refused> {
  if (!stops) {
    const all = requests.filter((request) => !refuseDocument(request)).map((request) => ({ request, externalMessageNumber: null }));
    return all.length > 0 ? all : Refused.because('DOCUMENT_OF_NOTHING', { path: 'batchId' });
  }
  if (stops.length === 0) return Refused.because('DOCUMENT_OF_NOTHING', { path: 'stops' });
  const used = await loadUsedMessageNumbers(manager, batch.unitCode, stops);
  const read = stops.map((stop, place) => readStop(stop, { place, stops, requests, used }));
  const refusals = read.filter(isRefusal);
  return refusals.length > 0 ? new Refused(refusals) : read.flatMap((one) => (isRefusal(one) ? [] : [one]));
}

interface Around {
  readonly place: number;
  readonly stops: readonly DocumentedStop[];
  readonly requests: readonly StopPaymentRequest[];
  readonly used: ReadonlySet<string>;
}

const numberOf = ({ externalMessageNumber }: DocumentedStop): string => normaliseGrouped(externalMessageNumber ?? '');

function readStop(stop: DocumentedStop, { place, stops, requests, used }: Around): Followed | Refusal {
  const path = `stops.${place}`;
  const request = requests.find(({ id }) => id === stop.requestId);
  const isRepeated = stops.findIndex(({ requestId }) => requestId === stop.requestId) < place;
  if (!request || isRepeated) return refuse('NOT_FOUND', { path: `${path}.requestId` });
  const refusal = refuseDocument(request);
  if (refusal) return { ...refusal, path };
  const number = numberOf(stop);
  if (!/^[\w-]{0,53}$/.test(number)) return refuse('EXTERNAL_MESSAGE_NUMBER_FORM', { path: `${path}.externalMessageNumber` });
  const isTaken = number !== '' && (used.has(number) || stops.findIndex((other) => numberOf(other) === number) < place);
  return isTaken ? refuse('EXTERNAL_MESSAGE_NUMBER_USED', { path: `${path}.externalMessageNumber` }) : { request, externalMessageNumber: number || null };
}

/** Message numbers of these stops that the unit has used before. */
async function loadUsedMessageNumbers(manager: EntityManager, unitCode: string, stops: readonly DocumentedStop[]): Promise<Set<string>> {
  const rows: { number: string }[] = await manager.query(
    'select external_message_number as number from stop_payment_request where unit_code = $1 and external_message_number = any($2)',
    [unitCode, stops.map(numberOf)],
  );
  return new Set(rows.map(({ number }) => number));
}
