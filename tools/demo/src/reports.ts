import type { InventedPerson } from '@lianfang/testing';
import { yuan, type LedgerAccount } from './ledger/ledger-files';

/** A payment as a victim tells it. */
export interface ToldPayment {
  readonly to: Pick<LedgerAccount, 'institution' | 'number' | 'holderName'> & { readonly product?: string };
  /** In fen. */
  readonly fen: number;
  readonly at: Date;
  /** The holder's name as told; the true one when left out, null when the victim does not know it. */
  readonly toldName?: string | null;
  /** Says where the account is kept instead of leaving it to the number's prefix. */
  readonly statesInstitution?: boolean;
}

/** A transfer of a report. */
export const transferInput = ({ to, fen, at, toldName = to.holderName, statesInstitution = false }: ToldPayment, payerAccountNumber?: string): Readonly<Record<string, unknown>> => ({
  payerAccountNumber,
  payee: { kind: payeeKindOf(to), identifier: to.number, holderName: toldName, institution: statesInstitution ? to.institution : undefined },
  amount: yuan(fen),
  transferredAt: at.toISOString(),
  channel: 'MOBILE_BANKING',
});

/** What kind of payee an account of the demo's institutions is. */
export const payeeKindOf = ({ institution, product }: Pick<ToldPayment['to'], 'institution' | 'product'>): string => {
  if (product === 'merchant') return 'MERCHANT';
  return institution.startsWith('P') ? 'PAYMENT_ACCOUNT' : 'BANK_CARD';
};

/** A person of a report. */
export const personInput = ({ name, idNumber, phone }: InventedPerson): Readonly<Record<string, unknown>> => ({ name, idDocument: { kind: 'CITIZEN_ID', number: idNumber }, phone });
