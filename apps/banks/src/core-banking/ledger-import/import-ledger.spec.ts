import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setClock, testDatabase, type TestDatabase } from '@lianfang/testing';
import { clockCaller } from '@lianfang/vocabulary';
import { accountKinds } from '../core-banking';
import { builtInCore } from '../built-in-core';
import type { Ledger } from '../ledger';
import { ledgerMigrations } from '../ledger-migrations';
import { finbenchFormat, institutionOf } from './finbench-format';
import { importLedger, type ImportCommand, type ImportOutcome } from './import-ledger';
import { lianfangFormat } from './lianfang-format';

const clock = setClock('2026-05-01T04:00:00.000Z');
const institutions = ['B001', 'B002'];
const capabilities = { wholeAccount: true, limitedAmount: true, payeeKinds: accountKinds, currencies: ['CNY'] };

let database: TestDatabase;
let ledger: Ledger;
let folder: string;

beforeEach(async () => {
  database = await testDatabase('banks', { entities: [], migrations: ledgerMigrations });
  ledger = { database: database.worker, clock };
  folder = await mkdtemp(join(tmpdir(), 'ledger-import-'));
});

afterEach(async () => {
  await database?.drop();
  await rm(folder, { recursive: true });
});

/** Three accounts of two owners: 41 pays 42, 42 pays on, 43 is blocked. */
const finbench = {
  'Account.csv': ['accountId|createTime|isBlocked|accoutType', '9900041|2020-01-09 18:08:45.162|false|debit card', '9900042|2020-01-10 18:08:45.1|false|merchant account', '9900043|2020-01-11 18:08:45|true|debit card'],
  'PersonOwnAccount.csv': ['personId|accountId|createTime', '729|9900041|2020-01-09 18:08:45.162', '12|9900043|2020-01-11 18:08:45'],
  'CompanyOwnAccount.csv': ['companyId|accountId|createTime', '616|9900042|2020-01-10 18:08:45.1'],
  'AccountTransferAccount.csv': ['fromId|toId|amount|createTime', '9900041|9900042|100.005|2020-06-29 02:33:46.538', '9900042|9900043|40.004|2020-06-29 02:33:46.6'],
  'AccountWithdrawAccount.csv': ['fromId|toId|amount|createTime', '9900041|9900043|7.5|2020-06-29 02:33:46.55', '9900043|9900041|1.0E1|2020-07-01 00:00:00'],
} as const;

type Files = Record<string, readonly string[]>;
const write = (files: Files) => Promise.all(Object.entries(files).map(([file, lines]) => writeFile(join(folder, file), `${lines.join('\n')}\n`)));

const run = (over: Partial<ImportCommand> = {}, name = 'finbench'): Promise<ImportOutcome> =>
  importLedger(ledger, { format: { ...finbenchFormat, name: 'finbench' }, source: { folder, name, institutions }, dryRun: false, progress: () => undefined, ...over });
const runLianfang = (name = 'demo'): Promise<ImportOutcome> =>
  importLedger(ledger, { format: { ...lianfangFormat, name: 'lianfang' }, source: { folder, name, institutions }, dryRun: false, progress: () => undefined });

const query = async <Row>(sql: string): Promise<Row[]> => (await database.worker.asCaller(clockCaller('banks'), (manager) => manager.query(sql))) as Row[];
const everything = () =>
  query(`select (select json_agg(a order by a.id) from (select id, balance, status, product from ledger.account) as a) as accounts,
                (select json_agg(e order by e.position) from ledger.entry as e) as entries, (select count(*)::int from ledger.import_run) as runs`);
const coreOf = (institution: string) => builtInCore(ledger, { institution, capabilities });
const find = async (number: string) => {
  const account = await coreOf(institutionOf(number, institutions)).findAccount(number);
  if (!account) throw new Error('expected the account to be found');
  return account;
};
const problemsOf = (outcome: ImportOutcome): string[] => {
  if (outcome.outcome !== 'PROBLEMS') throw new Error(`expected problems, found ${outcome.outcome}`);
  return outcome.problems.map(({ file, line, text }) => `${file}:${line}: ${text}`);
};

describe('an import of FinBench files', () => {
  it('opens each account with the least that keeps it from falling below zero, and posts in the order of time over all files', async () => {
    await write(finbench);

    const outcome = await run();

    expect(outcome).toEqual({ outcome: 'IMPORTED', accounts: 3, movements: 4, resumedAt: 0, openings: 10_751n, total: 10_751n });
    expect(await query(`select reference, kind, amount::text, balance_after::text from ledger.entry where kind <> 'OPENING' order by position`)).toEqual([
      { reference: 'finbench:transfer:2', kind: 'TRANSFER', amount: '-10001', balance_after: '750' },
      { reference: 'finbench:transfer:2', kind: 'TRANSFER', amount: '10001', balance_after: '10001' },
      { reference: 'finbench:withdrawal:2', kind: 'WITHDRAWAL', amount: '-750', balance_after: '0' },
      { reference: 'finbench:withdrawal:2', kind: 'WITHDRAWAL', amount: '750', balance_after: '750' },
      { reference: 'finbench:transfer:3', kind: 'TRANSFER', amount: '-4000', balance_after: '6001' },
      { reference: 'finbench:transfer:3', kind: 'TRANSFER', amount: '4000', balance_after: '4750' },
      { reference: 'finbench:withdrawal:3', kind: 'WITHDRAWAL', amount: '-1000', balance_after: '3750' },
      { reference: 'finbench:withdrawal:3', kind: 'WITHDRAWAL', amount: '1000', balance_after: '1000' },
    ]);
  });

  it('invents the holder from the owner, freezes what is blocked, and reads times as China time', async () => {
    await write(finbench);
    await run();

    expect(await find('9900041')).toMatchObject({ holderName: '癸虚构七二九', status: 'ACTIVE', product: 'debit card', exemptKind: null });
    expect(await find('9900042')).toMatchObject({ holderName: '虚构六一六商贸有限公司' });
    expect(await find('9900043')).toMatchObject({ status: 'FROZEN' });
    const { ref, institution } = await find('9900041');
    const { transactions } = await coreOf(institution).transactionsSince(ref, new Date(0), 10);
    expect(transactions[0]).toMatchObject({ at: new Date('2020-06-28T18:33:46.538Z'), counterparty: { number: '9900042', holderName: '虚构六一六商贸有限公司' } });
  });

  it('changes nothing when it runs again', async () => {
    await write(finbench);
    await run();
    const before = await everything();

    expect(await run()).toEqual({ outcome: 'ALREADY_IMPORTED', at: clock.now() });
    expect(await everything()).toEqual(before);
  });

  it('tells which file has changed since, and writes nothing', async () => {
    await write(finbench);
    await run();
    const before = await everything();
    await write({ 'AccountWithdrawAccount.csv': finbench['AccountWithdrawAccount.csv'].slice(0, 2) });

    expect(await run()).toEqual({ outcome: 'CHANGED', files: ['AccountWithdrawAccount.csv'], isFinished: true });
    expect(await everything()).toEqual(before);
  });

  it('tells the bad rows of a changed file before it tells that the file has changed', async () => {
    await write(finbench);
    await run();
    await write({ 'AccountWithdrawAccount.csv': [...finbench['AccountWithdrawAccount.csv'], '9900043|9900041|1x|2020-07-02 00:00:00'] });

    expect(problemsOf(await run())).toEqual(['AccountWithdrawAccount.csv:4: amount is not a number; expected digits with a decimal point']);
  });

  it('writes nothing in a dry run', async () => {
    await write(finbench);

    expect(await run({ dryRun: true })).toEqual({ outcome: 'DRY_RUN', accounts: 3, movements: 4, resumedAt: 0, openings: 10_751n, total: null });
    expect(await everything()).toEqual([{ accounts: null, entries: null, runs: 0 }]);
  });

  it('names file and line of every bad row, repeats no account number, and imports nothing', async () => {
    const [header, first, second] = finbench['AccountTransferAccount.csv'];
    await write({
      ...finbench,
      'Account.csv': [...finbench['Account.csv'], '9900041|2020-01-09 18:08:45|false|debit card', '9900044|yesterday|false|debit card', '9900045|2020-01-09 18:08:45|no|debit card', '9900046|2020-01-09 18:08:45|false|debit card'],
      'PersonOwnAccount.csv': [...finbench['PersonOwnAccount.csv'], '1|9900041|2020-01-09 18:08:45', '2|9900044|2020-01-09 18:08:45', '3|9900045|2020-01-09 18:08:45'],
      'AccountTransferAccount.csv': [header, first, first, '9900041|9900099|1|2020-06-29 02:33:46.538', '9900041|9900042|12x|2020-06-29 02:33:46.539', '9900041|9900042|0.001|2020-06-29 02:33:46.539',
        '9900041|9900042|1|2020-02-30 00:00:00', second, '9900041|9900042|5|2020-06-01 00:00:00', '9900041|9900042|5'],
      'AccountWithdrawAccount.csv': [...finbench['AccountWithdrawAccount.csv'].slice(0, 1), '9900041|9900042|1|2019-12-31 00:00:00'],
    });

    const problems = problemsOf(await run());

    expect(problems).toEqual([
      'PersonOwnAccount.csv:4: the account already has an owner in an earlier row',
      'Account.csv:5: the account number stands in an earlier row already',
      'Account.csv:6: createTime is not a time like 2020-01-09 18:08:45.162',
      'Account.csv:7: isBlocked is neither true nor false',
      'Account.csv:8: the account has no owner in PersonOwnAccount.csv or CompanyOwnAccount.csv',
      'AccountWithdrawAccount.csv:2: the paying account was opened only later',
      'AccountTransferAccount.csv:3: the row repeats an earlier one: same time, accounts and amount',
      'AccountTransferAccount.csv:4: the receiving account is unknown: no row of the accounts\' file has its number',
      'AccountTransferAccount.csv:5: amount is not a number; expected digits with a decimal point',
      'AccountTransferAccount.csv:6: amount rounds to 0.00',
      'AccountTransferAccount.csv:7: createTime is not a time like 2020-06-29 02:33:46.538',
      'AccountTransferAccount.csv:9: the row is earlier than the row before it; sort the file by time',
      'AccountTransferAccount.csv:10: expected 4 fields as in the header, found 3',
    ]);
    expect(problems.join()).not.toMatch(/99000/);
    expect(await everything()).toEqual([{ accounts: null, entries: null, runs: 0 }]);
  });

  it('says which file is missing and which column a header lacks', async () => {
    await write(finbench);
    await rm(join(folder, 'CompanyOwnAccount.csv'));
    expect(problemsOf(await run())).toEqual(['CompanyOwnAccount.csv:0: there is no such file in the folder']);

    await write({ ...finbench, 'AccountTransferAccount.csv': ['fromId|toId|sum|createTime'] });
    expect(problemsOf(await run())).toEqual(['AccountTransferAccount.csv:1: the header lacks amount; expected fromId|toId|amount|createTime']);
  });

  it('tells an account that the ledger has from elsewhere', async () => {
    await write(finbench);
    await run();

    expect(problemsOf(await run({}, 'again'))).toEqual([2, 3, 4].map((line) => `Account.csv:${line}: the ledger has an account with this number already, from another import`));
  });

  it('goes on after a kill, wherever it came, to the same ledger', async () => {
    await write(manyMovements(5_300));
    const stopAfter = (batches: number) => {
      let left = batches;
      return run({ progress: () => { if (--left === 0) throw new Error('killed'); } });
    };

    await expect(stopAfter(1)).rejects.toThrow('killed');
    await expect(stopAfter(2)).rejects.toThrow('killed');
    const outcome = await run();

    expect(outcome).toMatchObject({ outcome: 'IMPORTED', accounts: 40, movements: 5_300, resumedAt: 4_000 });
    const [sums] = await query<{ entries: number; wrong: number }>(
      `select (select count(*)::int from ledger.entry where kind <> 'OPENING') as entries,
              (select count(*)::int from ledger.account where balance <> (select sum(amount) from ledger.entry where account_id = account.id)) as wrong`,
    );
    expect(sums).toEqual({ entries: 10_600, wrong: 0 });
  });

  it('refuses to go on when an imported account has moved meanwhile', async () => {
    await write(manyMovements(3_000));
    let batches = 0;
    const killed = run({ progress: () => { if (++batches === 2) throw new Error('killed'); } });
    await expect(killed).rejects.toThrow('killed');
    await query('update ledger.account set balance = balance + 1');

    await expect(run()).rejects.toThrow(/moved while the import ran/);
  });
});

/** Forty accounts that pay each other in a ring, a second apart. */
function manyMovements(count: number): Files {
  const account = (index: number): number => 9_900_100 + (index % 40);
  const time = (index: number): string => new Date(Date.UTC(2021, 0, 1) + index * 1_000).toISOString().slice(0, 19).replace('T', ' ');
  return {
    ...finbench,
    'Account.csv': ['accountId|createTime|isBlocked|accoutType', ...Array.from({ length: 40 }, (_, index) => `${account(index)}|2020-01-01 00:00:00|false|debit card`)],
    'PersonOwnAccount.csv': ['personId|accountId|createTime', ...Array.from({ length: 40 }, (_, index) => `${index}|${account(index)}|2020-01-01 00:00:00`)],
    'CompanyOwnAccount.csv': ['companyId|accountId|createTime'],
    'AccountTransferAccount.csv': ['fromId|toId|amount|createTime', ...Array.from({ length: count }, (_, index) => `${account(index)}|${account(index * 7 + 1)}|${index}.125|${time(index)}`)],
    'AccountWithdrawAccount.csv': ['fromId|toId|amount|createTime'],
  };
}

describe('an import of our own files', () => {
  const accounts = ['institution,number,holder_name,product,currency,status,exempt_kind,opened_at,opening_balance',
    'B001,9900051,"甲虚构一",debit card,CNY,ACTIVE,,2026-01-01 00:00:00,', 'B002,9900052,乙虚构二,debit card,CNY,ACTIVE,MIGRANT_WAGES,2026-01-01T00:00:00Z,100.50'];
  const header = 'at,from_number,to_number,amount,kind,outside_name,outside_institution';

  it('takes given opening balances, people outside, and cash', async () => {
    await write({ 'accounts.csv': accounts, 'entries.csv': [header, '2026-04-01 08:00:00,8800077,9900051,50.00,TRANSFER,丙虚构三,B009', '2026-04-01 08:00:01,9900051,9900052,20,TRANSFER,,', '2026-04-01 08:00:02,9900052,,120.5,WITHDRAWAL,,'] });

    expect(await runLianfang()).toMatchObject({ outcome: 'IMPORTED', accounts: 2, movements: 3, openings: 10_050n, total: 3_000n });
    const account = await coreOf('B001').findAccount('9900051');
    const incoming = await coreOf('B001').incoming(account?.ref ?? '', { around: new Date('2026-04-01T00:00:00Z'), toleranceMs: 1 });
    expect(incoming).toEqual([expect.objectContaining({ reference: 'demo:entry:2', counterparty: { number: '8800077', holderName: '丙虚构三', institution: 'B009' } })]);
    expect(await coreOf('B002').findAccount('9900052')).toMatchObject({ exemptKind: 'MIGRANT_WAGES' });
  });

  it('names file and line of every bad row', async () => {
    await write({
      'accounts.csv': [...accounts, 'B007,9900053,丁虚构四,x,CNY,ACTIVE,,2026-01-01 00:00:00,', 'B001,99*53,丁虚构四,x,CNY,ACTIVE,,2026-01-01 00:00:00,', 'B001,9900054,丁虚构四,x,CNY,OPEN,,2026-01-01 00:00:00,',
        'B001,9900055,丁虚构四,x,CNY,ACTIVE,WHY,2026-01-01 00:00:00,', 'B001,9900056,丁虚构四,x,CNY,ACTIVE,,2026-01-01 00:00:00,1.005'],
      'entries.csv': [header, '2026-04-01 08:00:00,9900052,9900051,100.51,TRANSFER,,', '2026-04-01 08:00:00,,,1,DEPOSIT,,', '2026-04-01 08:00:00,9900051,9900052,1,GIFT,,', '2026-04-01 08:00:00,9900051,9900059,1,TRANSFER,,', '2026-04-01 08:00:00,9900051,9900052,-1,TRANSFER,,'],
    });

    expect(problemsOf(await runLianfang())).toEqual([
      'accounts.csv:4: institution is none of B001, B002; see --institutions',
      'accounts.csv:5: number is not an account number (ACCOUNT_MASKED)',
      'accounts.csv:6: status is none of ACTIVE, FROZEN, CLOSED',
      'accounts.csv:7: exempt_kind is no code that we know',
      'accounts.csv:8: opening_balance is not an amount in yuan with at most two decimals',
      'entries.csv:2: the paying account has too little: its opening balance is given',
      'entries.csv:3: neither end is an account of this import',
      'entries.csv:4: kind is none of TRANSFER, WITHDRAWAL, DEPOSIT',
      "entries.csv:5: the receiving account is unknown: no row of the accounts' file has its number",
      'entries.csv:6: amount is not an amount in yuan, more than 0, with at most two decimals',
    ]);
  });

  it('says where quotation marks stop it', async () => {
    await write({ 'accounts.csv': [accounts[0] ?? '', 'B001,9900051,"甲虚"构一,x,CNY,ACTIVE,,2026-01-01 00:00:00,'], 'entries.csv': [header] });

    expect(problemsOf(await runLianfang())[0]).toMatch(/^accounts\.csv:2: not readable from here on/);
  });
});
