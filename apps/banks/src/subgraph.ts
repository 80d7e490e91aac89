import { fieldPermissions } from '@lianfang/access';
import type { SubgraphParts } from '@lianfang/subgraph';
import { BankAccountResolver } from './bank-account/bank-account.resolver';
import { loadBankAccountsById } from './bank-account/bank-account.loader';
import { loadOrdersById } from './stop-payment-order/stop-payment-order.loader';
import { StopPaymentOrderResolver } from './stop-payment-order/stop-payment-order.resolver';

/** What the banks' subgraph is made from. */
export const subgraphParts: SubgraphParts = {
  resolvers: [StopPaymentOrderResolver, BankAccountResolver],
  references: {
    StopPaymentOrder: ({ id }, context) => context.loader(loadOrdersById).load(id),
    BankAccount: ({ id }, context) => context.loader(loadBankAccountsById).load(id),
  },
  fieldPermissions,
};
