import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closingBalance, outflowsSince, readCsvLedger, type CsvLedger } from './csv-ledger';

let folder: string;
let ledger: CsvLedger;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lianfang-csv-'));
  const movements = (rows: string[]): string => ['fromId|toId|amount|createTime', ...rows, ''].join('\n');
  await Promise.all([
    writeFile(join(folder, 'Account.csv'), 'accountId|createTime|isBlocked|accoutType\n10001|2020-01-01 00:00:00.0|false|debit\n10002|2020-01-01 00:00:00.0|true|debit\n'),
    writeFile(join(folder, 'PersonOwnAccount.csv'), 'personId|accountId|createTime\n729|10001|2020-01-01 00:00:00.0\n'),
    writeFile(join(folder, 'CompanyOwnAccount.csv'), 'companyId|accountId|createTime\n616|10002|2020-01-01 00:00:00.0\n'),
    writeFile(join(folder, 'AccountTransferAccount.csv'), movements(['10001|10002|100.125|2020-06-01 10:00:00.5', '10002|10001|30.004|2020-06-01 12:00:00.0'])),
    writeFile(join(folder, 'AccountWithdrawAccount.csv'), movements(['10001|10002|20.0|2020-06-01 11:00:00.0'])),
  ]);
  ledger = await readCsvLedger(folder);
});

afterAll(() => rm(folder, { recursive: true }));

describe('the second reckoning of a sample', () => {
  it('opens an account with the least that keeps it from falling below zero', () => {
    // Out 100.13 and 20.00, then in 30.00: at the lowest 120.13 were missing.
    expect(closingBalance(ledger, '10001')).toBe(3_000n);
    expect(closingBalance(ledger, '10002')).toBe(9_013n);
  });

  it('lists what left an account at or after an instant, of both files, in the order of time', () => {
    const first = Date.parse('2020-06-01T10:00:00.500+08:00');

    expect(outflowsSince(ledger, '10001', first).map(({ fen }) => fen)).toEqual([10_013n, 2_000n]);
    expect(outflowsSince(ledger, '10001', first + 1).map(({ fen }) => fen)).toEqual([2_000n]);
  });

  it('names holders from the ids of their owners, as the importer says that it does', () => {
    expect(ledger.accounts.get('10001')?.holderName).toBe('癸虚构七二九');
    expect(ledger.accounts.get('10002')?.holderName).toBe('虚构六一六商贸有限公司');
  });
});
