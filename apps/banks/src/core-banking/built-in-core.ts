import { moneyOf } from '@lianfang/vocabulary';
import type { CoreBanking, Uncertain } from './core-banking';
import { accountNumberIndex, inLedger, isLedgerRef, rowsOf, type Ledger } from './ledger';
import { accountColumns, coreAccountOf, findAccountRow, type AccountRow } from './ledger-account';
import { availableFen, loadBlocked, placeHold, releaseHold, type HoldingInstitution } from './ledger-hold';
import { selectIncoming, selectOutflows } from './ledger-statement.query';

/** One institution's window on the built-in ledger. A lost connection in a command is UNCERTAIN: the commit may have gone through. */
export function builtInCore(ledger: Ledger, bank: HoldingInstitution): CoreBanking {
  const { keyring } = ledger.database;
  const { institution, capabilities } = bank;
  return {
    institution,
    capabilities,
    findAccount: (number) =>
      inLedger(ledger, async (manager) => {
        const row = await findAccountRow(manager, institution, keyring.index(accountNumberIndex, number));
        return row && coreAccountOf(keyring, row);
      }),
    balance: (ref) =>
      inLedger(ledger, async (manager) => {
        const [row] = await rowsOf<AccountRow>(manager, `select ${accountColumns} from ledger.account where id = $1 and institution = $2`, [ledgerRef(ref), institution]);
        if (!row) throw new Error(`ledger: institution ${institution} keeps no account with the ref that was given`);
        const blocked = (await loadBlocked(manager, [ref])).get(ref);
        return { balance: moneyOf(row.balance, row.currency), available: moneyOf(availableFen(row, blocked), row.currency) };
      }),
    incoming: (ref, search) => inLedger(ledger, (manager) => selectIncoming(manager, keyring, { institution, ref: ledgerRef(ref), search })),
    transactionsSince: (ref, since, limit) => inLedger(ledger, (manager) => selectOutflows(manager, keyring, { institution, ref: ledgerRef(ref), since, limit })),
    hold: async (command) => {
      if (command.extent !== 'WHOLE' && command.extent.fen <= 0n) throw new Error('core banking: expected the amount of a hold to be more than 0');
      return certainly(() => placeHold(ledger, bank, command));
    },
    release: (orderId) => certainly(() => releaseHold(ledger, orderId)),
  };
}

/** Throws on a ref that no account of this ledger can have. */
function ledgerRef(ref: string): string {
  if (!isLedgerRef(ref)) throw new Error('ledger: expected the ref of an account (a UUID), found something else');
  return ref;
}

async function certainly<Outcome>(command: () => Promise<Outcome>): Promise<Outcome | Uncertain> {
  try {
    return await command();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no code';
    return { outcome: 'UNCERTAIN', cause: `the built-in ledger's database failed (${code})` };
  }
}
