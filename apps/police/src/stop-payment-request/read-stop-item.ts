import {
  isBlank, isPayeeKind, isRefusal, moneyOf, normaliseGrouped, parseInstant, parseInstitutionCode, parseYuan, payeeKinds, parsePayee, payeeIdentifier, refuse, refuseFuture,
  type PayeeKind, type Refusal, type Warning,
} from '@lianfang/vocabulary';
import { readCode } from '../fraud-case/findings';
import { readLegalDocument } from '../legal-document/read-legal-document';
import { OrderChannel } from './stop-payment-codes';
import type { StopDraft } from './stop-draft';
import { isStoppedWhole, type DraftPayer } from './stop-draft';

/** A payee typed by hand: the four facts (止付信息核对) and what kind of account it is. Amounts in yuan as typed, times as typed. */
export interface TypedStopPayee {
  readonly kind: string;
  readonly accountNumber: string;
  readonly holderName?: string | null;
  /** Says that the holder's name is not known; the bank then matches the other three. */
  readonly nameUnknown?: boolean | null;
  readonly amount: string;
  readonly transferredAt: string;
  /** 1 when the victim paid into it; default 1. */
  readonly layer?: number | null;
}

/** One row of a proposal: a transfer of the case, or a payee typed by hand. */
export interface StopPaymentItem {
  readonly transferId?: string | null;
  readonly payee?: TypedStopPayee | null;
  /** Code of the directory; found from the number's prefix when left out. */
  readonly institution?: string | null;
  readonly wholeAccount?: boolean | null;
  /** Amount to hold, in yuan as typed. */
  readonly amount?: string | null;
  readonly channel?: string | null;
  readonly externalApplicationNumber?: string | null;
  readonly legalDocumentNumber?: string | null;
  readonly legalDocumentHash?: string | null;
}

/** What a transfer of the case says about a payee, opened. */
export interface KnownTransfer {
  readonly id: string;
  readonly payeeKind: PayeeKind;
  readonly payeeNumber: string;
  readonly holderName: string | null;
  readonly institution: string | null;
  readonly amountFen: bigint;
  readonly currency: string;
  readonly transferredAt: Date;
  readonly layer: number;
  readonly payer: DraftPayer | null;
}

/** What reading a row needs to know. */
export interface ReadingGround {
  readonly now: Date;
  readonly wholeAccountLayers: number;
  readonly transfers: ReadonlyMap<string, KnownTransfer>;
  /** Payer of a payee that was typed by hand: the case's, when it has one. */
  readonly payer: DraftPayer | null;
}

/** What identifies a payee and its transfer: the four facts and where they come from. */
export type PayeeFacts = Pick<StopDraft, 'payeeKind' | 'accountNumber' | 'holderName' | 'factFen' | 'currency' | 'transferredAt' | 'layer' | 'transferId' | 'payer' | 'warnings'> & { readonly institution: string | null };

/** Reads one row. All of its faults come back together, with paths below `items.<position>`. */
export function readStopItem(item: StopPaymentItem, position: number, ground: ReadingGround): StopDraft | Refusal[] {
  const path = `items.${position}`;
  const facts = readFacts(item, path, ground);
  const terms = readTerms(item, path, ground.now);
  if (Array.isArray(facts) || Array.isArray(terms)) return [facts, terms].flatMap((part) => (Array.isArray(part) ? part : []));
  const hold = readHold(item, path, { ...facts, wholeAccountLayers: ground.wholeAccountLayers });
  if (isRefusal(hold)) return [hold];
  return {
    ...facts,
    ...terms,
    position,
    path,
    institution: terms.institution ?? facts.institution,
    institutionSource: (terms.institution ?? facts.institution) === null ? 'PREFIX' : 'STATED',
    holdFen: hold.fen,
    parentRequestId: null,
    correctsId: null,
    previousStopId: null,
  };
}

function readFacts(item: StopPaymentItem, path: string, ground: ReadingGround): PayeeFacts | Refusal[] {
  const isTransfer = !isBlank(item.transferId);
  if (isTransfer === (item.payee !== null && item.payee !== undefined)) return [refuse('TRANSFER_OR_PAYEE', { path })];
  if (item.payee) return readTypedPayee(item.payee, `${path}.payee`, ground);
  const transfer = ground.transfers.get(item.transferId ?? '');
  if (!transfer) return [refuse('TRANSFER_NOT_OF_CASE', { path: `${path}.transferId` })];
  const unreachable = refuseUnreachable(transfer.payeeKind, `${path}.transferId`);
  if (unreachable) return [unreachable];
  const { payeeNumber, amountFen, id, ...rest } = transfer;
  return { ...rest, transferId: id, accountNumber: payeeNumber, factFen: amountFen, warnings: [] };
}

/** Reads a payee typed by hand; all faults come back together, with paths below `path`. */
export function readTypedPayee(typed: TypedStopPayee, path: string, { now, payer }: Pick<ReadingGround, 'now' | 'payer'>): PayeeFacts | Refusal[] {
  const unreachable = isPayeeKind(typed.kind) ? refuseUnreachable(typed.kind, `${path}.kind`) : undefined;
  if (unreachable) return [unreachable];
  const read = parsePayee({ kind: typed.kind, identifier: typed.accountNumber, holderName: typed.holderName }, path);
  const amount = parseYuan(typed.amount, `${path}.amount`);
  const instant = parseInstant(typed.transferredAt, `${path}.transferredAt`);
  const faults = [...(Array.isArray(read) ? read.map(atAccountNumber) : []), amount, instant, isRefusal(instant) ? undefined : refuseFuture(instant, now, `${path}.transferredAt`), nameFault(typed, path), layerFault(typed, path)];
  const refused = faults.filter(isRefusal);
  if (refused.length > 0 || Array.isArray(read) || isRefusal(amount) || isRefusal(instant)) return refused;
  return {
    payeeKind: read.payee.kind,
    accountNumber: payeeIdentifier(read.payee) ?? '',
    holderName: read.payee.holderName,
    institution: null,
    factFen: amount.fen,
    currency: amount.currency,
    transferredAt: instant,
    layer: typed.layer ?? 1,
    transferId: null,
    payer,
    warnings: read.warnings.filter(({ code }) => code !== 'INSTITUTION_UNKNOWN').map(atAccountNumber),
  };
}

/** The input calls the payee's identifier by the form's word. */
const atAccountNumber = <Fault extends Refusal | Warning>(fault: Fault): Fault => ({ ...fault, path: fault.path?.replace(/identifier$/, 'accountNumber') ?? null });

function nameFault({ holderName, nameUnknown }: TypedStopPayee, path: string): Refusal | undefined {
  if (isBlank(holderName) && nameUnknown !== true) return refuse('NAME_OR_UNKNOWN', { path: `${path}.holderName`, law: '86-2' });
  return !isBlank(holderName) && nameUnknown === true ? refuse('NAME_AND_UNKNOWN', { path: `${path}.nameUnknown` }) : undefined;
}

const layerFault = ({ layer }: TypedStopPayee, path: string): Refusal | undefined =>
  layer === null || layer === undefined || (Number.isInteger(layer) && layer >= 1 && layer <= 20) ? undefined : refuse('ACCOUNT_LEVEL_RANGE', { path: `${path}.layer` });

/** A payee that no stop order can reach, with the advice of its kind (practice A8). */
function refuseUnreachable(kind: PayeeKind, path: string): Refusal | undefined {
  const { stoppable, advice, zh, en } = payeeKinds[kind];
  if (stoppable) return undefined;
  return refuse('PAYEE_CANNOT_BE_STOPPED', { path, parameters: { kind, kindZh: zh, kindEn: en, adviceZh: advice?.zh ?? '', adviceEn: advice?.en ?? '' } });
}

type Terms = Pick<StopDraft, 'institution' | 'channel' | 'externalApplicationNumber' | 'legalDocumentNumber' | 'legalDocumentHash'>;

function readTerms(item: StopPaymentItem, path: string, now: Date): Terms | Refusal[] {
  const institution = parseInstitutionCode(item.institution ?? '', `${path}.institution`);
  const channel = isBlank(item.channel) ? OrderChannel.LOCAL : readCode(OrderChannel, item.channel, `${path}.channel`);
  const external = normaliseGrouped(item.externalApplicationNumber ?? '');
  const document = readLegalDocument({ number: item.legalDocumentNumber, hash: item.legalDocumentHash }, path, now);
  const faults = [
    ...(isRefusal(institution) ? [institution] : []),
    ...(isRefusal(channel) ? [channel] : []),
    ...(/^[\w-]{0,36}$/.test(external) ? [] : [refuse('EXTERNAL_NUMBER_FORM', { path: `${path}.externalApplicationNumber` })]),
    ...(Array.isArray(document) ? document : []),
  ];
  if (faults.length > 0 || isRefusal(institution) || isRefusal(channel) || Array.isArray(document)) return faults;
  return { institution, channel, externalApplicationNumber: external || null, ...document };
}

/** What to hold: as stated, else by kind and layer. */
function readHold({ wholeAccount, amount }: StopPaymentItem, path: string, facts: PayeeFacts & { wholeAccountLayers: number }): { fen: bigint | null } | Refusal {
  const stated = isBlank(amount) ? null : parseYuan(amount, `${path}.amount`);
  if (isRefusal(stated)) return stated;
  if (stated && wholeAccount === true) return refuse('HOLD_AMBIGUOUS', { path: `${path}.amount` });
  if (stated) return { fen: moneyOf(stated.fen).fen };
  const whole = wholeAccount ?? isStoppedWhole(facts.payeeKind, facts.layer, facts.wholeAccountLayers);
  return { fen: whole ? null : facts.factFen };
}
