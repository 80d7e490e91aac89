import { moneyOf } from '@lianfang/vocabulary';
import type { CoreAccount, CoreBanking } from '../core-banking/core-banking';
import { bankSettings, type InstitutionSettings } from '../settings';
import { matchFourFacts, type FourFacts } from './four-facts.rules';
import type { StopPaymentOrder } from './stop-payment-order.entity';

/** The account that an order names, as the core system knows it, and how the four facts compare. */
export interface ReadFacts {
  readonly account: CoreAccount | undefined;
  readonly facts: FourFacts;
}

/** Asks the core system about an order's account and compares the four facts. Throws `CoreUnavailable` when it does not answer. */
export async function readFacts(core: CoreBanking, order: StopPaymentOrder, settings: InstitutionSettings): Promise<ReadFacts> {
  const ordered = { holderName: order.holderName?.open() ?? null, amount: moneyOf(order.factAmount, order.currency), transferredAt: order.transferredAt };
  const account = await core.findAccount(order.accountNumber.open());
  if (!account) return { account, facts: matchFourFacts(ordered, undefined, settings.timeTolerance) };

  const around = order.transferredAt;
  const { amount } = ordered;
  const sameAmount = await core.incoming(account.ref, { amount, around, toleranceMs: bankSettings.matchWindow });
  const anyAmount = sameAmount.length > 0 ? sameAmount : await core.incoming(account.ref, { around, toleranceMs: settings.timeTolerance });
  const credits = anyAmount.map((credit) => ({ amount: credit.amount, at: credit.at }));
  return { account, facts: matchFourFacts(ordered, { holderName: account.holderName, credits }, settings.timeTolerance) };
}
