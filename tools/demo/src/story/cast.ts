import { inventPerson, type InventedInstitution, type InventedPerson } from '@lianfang/testing';
import { LedgerFiles, type LedgerAccount } from '../ledger/ledger-files';

/** One payment of a victim into an account of the story. */
export interface Payment {
  readonly to: LedgerAccount;
  /** In fen. */
  readonly fen: number;
  readonly at: Date;
}

/** Everybody and every account of the story. All are invented, and their names say so. */
export interface Cast {
  /** Reports, for her mother. */
  readonly daughter: InventedPerson;
  /** Was deceived. */
  readonly mother: InventedPerson;
  /** Holds the account that paid. */
  readonly father: InventedPerson;
  /** Another victim, in another region, who paid into an account that the first had paid into. */
  readonly otherVictim: InventedPerson;
  readonly payments: {
    /** B001, executes straight through; the money went on in four directions. */
    readonly fast: Payment;
    /** B001; the other victim paid into it too. */
    readonly shared: Payment;
    /** B002, by hand. */
    readonly byHand: Payment;
    /** B002; the victim does not know the holder's name. */
    readonly nameless: Payment;
    /** B003; the victim tells a wrong holder's name. */
    readonly misnamed: Payment;
  };
  readonly otherPayment: Payment;
  /** B001; becomes known only later. */
  readonly latePayment: Payment;
  /** Where the money of `fast` went: two accounts of layer 2, a shop, and cash. */
  readonly outflows: readonly { readonly to: LedgerAccount | null; readonly fen: number; readonly at: Date }[];
  readonly ledger: LedgerFiles;
}

const MINUTE = 60_000;
const YUAN = 100;

/** The cast of a story that begins at `now`: the payments lie half an hour back. */
export function castAt(now: Date): Cast {
  const ledger = new LedgerFiles();
  const before = (minutes: number): Date => new Date(now.getTime() - minutes * MINUTE);
  const account = (seed: number, institution: InventedInstitution, product = 'debit card'): LedgerAccount => {
    const { account: number, name } = inventPerson(seed, institution);
    return ledger.open({ institution, number, holderName: name, product });
  };
  const [daughter, mother, father, otherVictim] = [inventPerson(3, 'B002'), inventPerson(1, 'B002'), inventPerson(2, 'B002'), inventPerson(4, 'B003')];
  const paying = ledger.open({ institution: 'B002', number: father.account, holderName: father.name, product: 'debit card', openingFen: 200_000 * YUAN });
  const otherPaying = ledger.open({ institution: 'B003', number: otherVictim.account, holderName: otherVictim.name, product: 'debit card', openingFen: 20_000 * YUAN });
  const pay = (from: LedgerAccount, to: LedgerAccount, yuanAmount: number, minutes: number): Payment => {
    const { fen, at } = ledger.move({ from, to, fen: yuanAmount * YUAN, at: before(minutes) });
    return { to, fen, at };
  };

  const shop = ledger.open({ institution: 'P001', number: inventPerson(39, 'P001').account, holderName: '虚构便利店', product: 'merchant' });
  const fast = pay(paying, account(21, 'B001'), 30_000, 34);
  const outflows = [
    { to: account(31, 'B002'), fen: 18_000 * YUAN, at: before(31) },
    { to: account(32, 'B003'), fen: 9_500 * YUAN, at: before(29) },
    { to: shop, fen: 60 * YUAN, at: before(27) },
    { to: null, fen: 1_000 * YUAN, at: before(26) },
  ];
  for (const outflow of outflows) ledger.move({ from: fast.to, ...outflow });
  const payments = {
    fast,
    shared: pay(paying, account(22, 'B001'), 12_000, 33),
    byHand: pay(paying, account(23, 'B002'), 20_000, 32),
    nameless: pay(paying, account(24, 'B002'), 5_000, 30),
    misnamed: pay(paying, account(25, 'B003'), 7_700, 28),
  };
  const latePayment = pay(paying, account(26, 'B001'), 3_300, 20);
  const otherPayment = pay(otherPaying, payments.shared.to, 8_800, 25);
  return { daughter, mother, father, otherVictim, payments, otherPayment, latePayment, outflows, ledger };
}
