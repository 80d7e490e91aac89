import type { Disclosed } from '@lianfang/access';
import { Disclosure, type RequestContext } from '@lianfang/subgraph';
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { StopPaymentOrder } from '../stop-payment-order/stop-payment-order.entity';
import { BankAccount } from './bank-account.entity';
import { loadBankAccountsById, loadOrdersOfAccounts } from './bank-account.loader';
import { discloseAccount } from './disclose-account';

/** Most orders that an account shows; older ones stand in the list of orders. */
const MOST_ORDERS = 100;

/** What the bank knows of an account. */
@Resolver(() => BankAccount)
export class BankAccountResolver {
  @Query(() => BankAccount, { nullable: true, description: 'One account that the bank has answered about; null when it does not exist or is not yours to see.' })
  bankAccount(@Arg('id', () => ID, { description: 'The account, by the id that the bank minted.' }) id: string, @Ctx() context: RequestContext): Promise<BankAccount | null> {
    return context.loader(loadBankAccountsById).load(id);
  }

  @FieldResolver(() => Disclosure, { description: 'The account number. The whole of it needs the case of a stop in force on the account.' })
  number(@Root() account: BankAccount, @Ctx() { caller }: RequestContext): Disclosed {
    return discloseAccount(account, caller, { kind: 'account', field: 'number', sealed: account.number });
  }

  @FieldResolver(() => Disclosure, { description: "The holder's name as the bank has it. The whole of it needs the case of a stop in force on the account." })
  holderName(@Root() account: BankAccount, @Ctx() { caller }: RequestContext): Disclosed {
    return discloseAccount(account, caller, { kind: 'name', field: 'holderName', sealed: account.holderName });
  }

  @FieldResolver(() => [StopPaymentOrder], { description: 'The orders that hold the account now, first begun first. Stops stack: it opens when the last one ends. The police see their own.' })
  async holds(@Root() { id }: BankAccount, @Ctx() context: RequestContext): Promise<readonly StopPaymentOrder[]> {
    const orders = (await context.loader(loadOrdersOfAccounts).load(id)) ?? [];
    return orders.filter((order) => order.startedAt !== null && order.releasedAt === null).sort(byStart);
  }

  @FieldResolver(() => [StopPaymentOrder], { description: 'The orders that the bank has answered about the account, newest first, at most 100. The police see their own.' })
  async orders(@Root() { id }: BankAccount, @Ctx() context: RequestContext): Promise<readonly StopPaymentOrder[]> {
    return ((await context.loader(loadOrdersOfAccounts).load(id)) ?? []).slice(0, MOST_ORDERS);
  }
}

const byStart = (left: StopPaymentOrder, right: StopPaymentOrder): number => (left.startedAt?.getTime() ?? 0) - (right.startedAt?.getTime() ?? 0);
