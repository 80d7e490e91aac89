import type { PayeeKind, Warning } from '@lianfang/vocabulary';
import type { InstitutionSource, OrderChannel } from './stop-payment-codes';

/** Who paid into the account, as the bank learns it: name and account, nothing else (practice F, minimum data). */
export interface DraftPayer {
  readonly name: string;
  readonly account: string | null;
}

/** A stop of one account, read and complete but for what only the database knows. */
export interface StopDraft {
  /** Its place in the proposal, 0 first. */
  readonly position: number;
  /** Where its faults are reported, as in `items.3`. */
  readonly path: string;
  readonly transferId: string | null;
  readonly parentRequestId: string | null;
  readonly correctsId: string | null;
  readonly previousStopId: string | null;
  readonly layer: number;
  readonly payeeKind: PayeeKind;
  readonly accountNumber: string;
  /** Null is the explicit sub-state "name unknown". */
  readonly holderName: string | null;
  readonly factFen: bigint;
  readonly currency: string;
  readonly transferredAt: Date;
  /** Null: to be found from the number's prefix. */
  readonly institution: string | null;
  readonly institutionSource: InstitutionSource;
  readonly channel: OrderChannel;
  readonly externalApplicationNumber: string | null;
  /** Amount to hold in fen; null for the whole account. */
  readonly holdFen: bigint | null;
  readonly payer: DraftPayer | null;
  readonly legalDocumentNumber: string | null;
  readonly legalDocumentHash: string | null;
  readonly warnings: readonly Warning[];
}

/** Payees whose account is a mule's own as a rule: stopped whole in the first layers. Merchants, codes and corporate accounts earn their living. */
const stoppedWhole: readonly PayeeKind[] = ['BANK_CARD', 'PASSBOOK', 'PAYMENT_ACCOUNT', 'ECNY_WALLET'];

/** Whether the whole account is stopped when nobody says otherwise: mule cards down to `wholeAccountLayers`, amounts elsewhere (practice C). */
export const isStoppedWhole = (kind: PayeeKind, layer: number, wholeAccountLayers: number): boolean => layer <= wholeAccountLayers && stoppedWhole.includes(kind);
