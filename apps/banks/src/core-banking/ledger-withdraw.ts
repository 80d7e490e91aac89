import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { Database } from '@lianfang/database';
import { formatMoney, isRefusal, offsetClock, parseYuan } from '@lianfang/vocabulary';
import { readLedgerConfig } from '../config';
import { accountNumberIndex, inLedger, type Ledger } from './ledger';
import { findAccountRow } from './ledger-account';
import { postTransfer, type PostingOutcome } from './ledger-posting';

const usage = `Pays cash out of an account of the built-in ledger, as a cash machine would: to see what a stop keeps.

  npm run ledger:withdraw -- --institution B001 --number NUMBER --amount 100.00 --reference REFERENCE
`;

/** Pays out; the exit code is 0 when it was paid, 1 when the ledger refused, 2 for a wrong command line. */
async function main(): Promise<number> {
  const wish = readCommand();
  if (!wish) {
    process.stderr.write(usage);
    return 2;
  }
  const { WORKER_DATABASE_URL: url, KEYRING: keyring } = readLedgerConfig();
  const database = await Database.open({ agency: 'banks', url, entities: [], keyring, poolSize: 1, applicationName: 'lianfang ledger withdrawal' });
  try {
    const paid = await withdraw({ database, clock: offsetClock(0) }, wish);
    process.stdout.write(`${paid.outcome === 'POSTED' ? `paid ${formatMoney(wish.amount, 'en')}` : `refused: ${paid.reason}`}\n`);
    return paid.outcome === 'POSTED' ? 0 : 1;
  } finally {
    await database.close();
  }
}

type Wish = NonNullable<ReturnType<typeof readCommand>>;

function readCommand() {
  const text = { type: 'string', default: '' } as const;
  const { values } = parseArgs({ options: { institution: text, number: text, amount: text, reference: text } });
  const amount = parseYuan(values.amount, 'amount');
  return isRefusal(amount) || values.institution === '' || values.number === '' || values.reference === '' ? undefined : { ...values, amount };
}

async function withdraw(ledger: Ledger, { institution, number, amount, reference }: Wish): Promise<PostingOutcome> {
  const index = ledger.database.keyring.index(accountNumberIndex, number);
  const account = await inLedger(ledger, (manager) => findAccountRow(manager, institution, index));
  if (!account) return { outcome: 'REFUSED', reason: 'NOT_FOUND' };
  return postTransfer(ledger, { reference, from: { ref: account.id }, to: 'CASH', amount, kind: 'WITHDRAWAL' });
}

main().then(
  (code) => void (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
