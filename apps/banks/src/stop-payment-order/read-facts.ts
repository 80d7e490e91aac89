import { moneyOf } from '@lianfang/vocabulary';
import { canFind, type CoreAccount, type CoreBanking } from '../core-banking/core-banking';
import { bankSettings, type InstitutionSettings } from '../settings';
import { matchFourFacts, matchOwnAccount, unknownFacts, type FourFacts } from './four-facts.rules';
import type { StopPaymentOrder } from './stop-payment-order.entity';

/** The account that an order names, as the core system knows it, and how the four facts compare. */
export interface ReadFacts {
  readonly account: CoreAccount | undefined;
  readonly facts: FourFacts;
}

/** Asks the core system about an order's account and compares the four facts; all stay unknown where it finds no account of that kind. Throws `CoreUnavailable` when it does not answer. */
export async function readFacts(core: CoreBanking, order: StopPaymentOrder, settings: InstitutionSettings): Promise<ReadFacts> {
  if (!canFind(core.capabilities, order.payeeKind)) return { account: undefined, facts: unknownFacts };
  const holderName = order.holderName?.open() ?? null;
  const account = await core.findAccount(order.accountNumber.open(), order.payeeKind);
  if (order.factAmount === null || order.transferredAt === null) return { account, facts: matchOwnAccount(holderName, account) };
  const ordered = { holderName, amount: moneyOf(order.factAmount, order.currency), transferredAt: order.transferredAt };
  if (!account) return { account, facts: matchFourFacts(ordered, undefined, settings.timeTolerance) };

  const around = order.transferredAt;
  const { amount } = ordered;
  const sameAmount = await core.incoming(account.ref, { amount, around, toleranceMs: bankSettings.matchWindow });
  const anyAmount = sameAmount.length > 0 ? sameAmount : await core.incoming(account.ref, { around, toleranceMs: settings.timeTolerance });
  const credits = anyAmount.map((credit) => ({ amount: credit.amount, at: credit.at }));
  return { account, facts: matchFourFacts(ordered, { holderName: account.holderName, credits }, settings.timeTolerance) };
}
