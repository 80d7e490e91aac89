import { Sealed, newId } from '@lianfang/database';
import { lastFour } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { CoreAccount } from '../core-banking/core-banking';
import { BankAccount } from './bank-account.entity';

/** The bank's record of an account of its core system: made with the first answer about it, the same one ever after. */
export async function openBankAccount(manager: EntityManager, account: CoreAccount, now: Date): Promise<BankAccount> {
  const { institution, ref, number, holderName, currency, product } = account;
  const record = Object.assign(new BankAccount(), {
    id: newId(), institution, coreRef: ref, number: Sealed.of(number), lastFour: lastFour({ main: number.split('_', 1).join('') }),
    holderName: Sealed.of(holderName), currency, product, createdAt: now,
  });
  // Two answers at one moment: the second insert waits for the first and then does nothing.
  await manager.createQueryBuilder().insert().into(BankAccount).values(record).orIgnore().execute();
  return manager.findOneByOrFail(BankAccount, { institution, coreRef: ref });
}
