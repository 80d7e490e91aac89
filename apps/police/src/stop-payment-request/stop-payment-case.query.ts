import type { EntityManager } from 'typeorm';
import { isId } from '@lianfang/database';
import { CasePerson } from '../fraud-case/case-person.entity';
import { CaseTransfer } from '../fraud-case/case-transfer.entity';
import { FraudCase } from '../fraud-case/fraud-case.entity';
import type { KnownTransfer } from './read-stop-item';
import type { DraftPayer } from './stop-draft';

/** A case as far as a stop needs it. */
export interface StopCase {
  readonly fraudCase: FraudCase;
  readonly transfers: ReadonlyMap<string, KnownTransfer>;
  /** Blind indexes, in hexadecimal, of the accounts from which the victim paid. */
  readonly payingAccounts: ReadonlySet<string>;
  /** What the case knows to have been paid into an account, in fen, by `paidInKey`. */
  readonly paidIn: ReadonlyMap<string, bigint>;
  /** Who paid first; the payer of a payee that is typed by hand. */
  readonly payer: DraftPayer | null;
}

/** Loads a case with its transfers, and (unless `hold` is false) keeps it from being merged or closed until the transaction ends. Nothing when it is not the caller's to see. */
export async function findStopCase(manager: EntityManager, caseId: string, { hold }: { hold: boolean } = { hold: true }): Promise<StopCase | undefined> {
  if (!isId(caseId)) return undefined;
  const fraudCase = await manager.findOne(FraudCase, { where: { id: caseId }, ...(hold ? { lock: { mode: 'pessimistic_read' } } : {}) });
  if (!fraudCase) return undefined;
  const all = await manager.find(CaseTransfer, { where: { caseId }, order: { position: 'ASC' } });
  const people = new Map((await manager.findBy(CasePerson, { caseId })).map((person) => [person.id, person]));
  const superseded = new Set(all.map(({ correctsId }) => correctsId));
  const current = all.filter(({ id }) => !superseded.has(id));
  const payerOf = (transfer: CaseTransfer): DraftPayer | null => {
    const person = people.get(transfer.payerPersonId ?? '');
    return person ? { name: person.nameSealed.open(), account: transfer.payerNumberSealed?.open() ?? null } : null;
  };
  const fromVictim = current.filter(({ accountLevel }) => accountLevel === 1);
  const holder = [...people.values()].find(({ parts }) => parts.includes('PAYER'));
  return {
    fraudCase,
    transfers: new Map(current.map((transfer) => [transfer.id, known(transfer, payerOf(transfer))])),
    payingAccounts: new Set(fromVictim.flatMap(({ payerIndex }) => (payerIndex ? [payerIndex.toString('hex')] : []))),
    paidIn: sumByPayee(current),
    payer: fromVictim.map(payerOf).find((payer) => payer !== null) ?? (holder ? { name: holder.nameSealed.open(), account: null } : null),
  };
}

const known = (transfer: CaseTransfer, payer: DraftPayer | null): KnownTransfer => ({
  id: transfer.id,
  payeeKind: transfer.payeeKind,
  payeeNumber: transfer.payeeNumberSealed.open(),
  holderName: transfer.payeeHolderNameSealed?.open() ?? null,
  institution: transfer.payeeInstitution,
  amountFen: transfer.amountFen,
  currency: transfer.currency,
  transferredAt: transfer.transferredAt,
  layer: transfer.accountLevel,
  payer,
});

/** An account and a currency: amounts of two currencies have no sum. */
export const paidInKey = (accountIndex: Buffer, currency: string): string => `${accountIndex.toString('hex')} ${currency}`;

function sumByPayee(transfers: readonly CaseTransfer[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { payeeIndex, amountFen, currency } of transfers) {
    const key = payeeIndex && paidInKey(payeeIndex, currency);
    if (key !== null) sums.set(key, (sums.get(key) ?? 0n) + amountFen);
  }
  return sums;
}
