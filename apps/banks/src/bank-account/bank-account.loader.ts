import { isId } from '@lianfang/database';
import type { Batch } from '@lianfang/subgraph';
import { In } from 'typeorm';
import { StopPaymentOrder } from '../stop-payment-order/stop-payment-order.entity';
import { BankAccount } from './bank-account.entity';

/** Accounts by id, in one statement; null for what the caller may not see. */
export const loadBankAccountsById: Batch<string, BankAccount> = async (ids, context) => {
  const manager = await context.manager();
  const accounts = await manager.findBy(BankAccount, { id: In(ids.filter(isId)) });
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return ids.map((id) => byId.get(id) ?? null);
};

/** The orders that touch each account, newest first, as far as the caller may see them. */
export const loadOrdersOfAccounts: Batch<string, readonly StopPaymentOrder[]> = async (accountIds, context) => {
  const manager = await context.manager();
  const orders = await manager.find(StopPaymentOrder, { where: { bankAccountId: In([...accountIds]) }, order: { receivedAt: 'DESC', id: 'DESC' } });
  return accountIds.map((id) => orders.filter((order) => order.bankAccountId === id));
};
