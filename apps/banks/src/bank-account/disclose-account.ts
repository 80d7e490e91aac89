import { disclose, type Disclosed, type HasOpenTask } from '@lianfang/access';
import type { Sealed } from '@lianfang/database';
import type { Caller } from '@lianfang/vocabulary';
import { IsNull, Not } from 'typeorm';
import { isWorkedOnBy } from '../stop-payment-order/disclose-order';
import { StopPaymentOrder } from '../stop-payment-order/stop-payment-order.entity';
import type { BankAccount } from './bank-account.entity';

/** A look needs the case of a stop that is in force on the account, and that the caller works on. */
const hasOpenTask =
  (account: BankAccount): HasOpenTask =>
  async ({ task, caseId }, caller, manager) => {
    if (task !== 'STOP_PAYMENT') return false;
    const inForce = await manager.findBy(StopPaymentOrder, { bankAccountId: account.id, caseId, startedAt: Not(IsNull()), releasedAt: IsNull() });
    return inForce.some((order) => isWorkedOnBy(order, caller));
  };

/**
 * A sealed value of an account as a disclosure. An account has no region of its own: the police's reach is that of their order,
 * which row-level security asks when the account and the order are read.
 */
export const discloseAccount = (account: BankAccount, { region }: Caller, { kind, field, sealed }: { kind: 'name' | 'account'; field: string; sealed: Sealed }): Disclosed =>
  disclose({ kind, sealed, field, thing: 'bank-account', thingId: account.id, target: { institution: account.institution, region } }, hasOpenTask(account));
