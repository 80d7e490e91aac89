import type { CoreAccount } from './core-ledger';

/** What both sides say of an order, as people of each side see it; null where there is nothing. */
export interface Seen {
  readonly police: string | null;
  readonly bank: string | null;
}

/** One order as the officers know it: what they submitted and what was acknowledged to them. Hours are the test's own clock. */
export interface ClientOrder {
  readonly account: CoreAccount;
  /** Whether it was put to the approver as something not to be approved: nobody may ever execute it. */
  readonly isDecoy: boolean;
  /** Known once the proposal or the approval was answered. */
  id: string | null;
  submittedAt: Date | null;
  acknowledgedAt: Date | null;
  releaseSubmittedAt: Date | null;
  releaseAcknowledgedAt: Date | null;
  seen: Seen;
}

/** An answer with errors, as a client received it: text of the errors alone. */
export interface ErrorSeen {
  readonly by: string;
  readonly text: string;
}

/** What the test clients write down themselves about everything they did and were told. */
export class ClientLedger {
  readonly orders: ClientOrder[] = [];
  readonly errors: ErrorSeen[] = [];
  /** Words that are somebody's and must stand in no error and no log: names, numbers, phones. */
  readonly personal = new Set<string>();

  /** A new order that is going to be submitted, or a decoy. */
  begin(account: CoreAccount, isDecoy = false): ClientOrder {
    const order: ClientOrder = { account, isDecoy, id: null, submittedAt: null, acknowledgedAt: null, releaseSubmittedAt: null, releaseAcknowledgedAt: null, seen: { police: null, bank: null } };
    this.orders.push(order);
    this.personal.add(account.number).add(account.holderName);
    return order;
  }

  /** Orders that were acknowledged to an officer. */
  get acknowledged(): readonly ClientOrder[] {
    return this.orders.filter(({ acknowledgedAt }) => acknowledgedAt !== null);
  }
}
