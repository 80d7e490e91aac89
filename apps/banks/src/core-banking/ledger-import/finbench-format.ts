import { join } from 'node:path';
import { sha256 } from '@lianfang/database';
import { isRefusal, parseInstant } from '@lianfang/vocabulary';
import { csvRows } from './csv-rows';
import type { ImportSource, ImportedAccount, ImportedMovement, LedgerFormat } from './ledger-format';
import { roundToFen } from './round-to-fen';
import type { Report } from './row-problem';

const movementFiles = [
  { file: 'AccountTransferAccount.csv', kind: 'TRANSFER', word: 'transfer' },
  { file: 'AccountWithdrawAccount.csv', kind: 'WITHDRAWAL', word: 'withdrawal' },
] as const;

const ownerFiles = [
  { file: 'PersonOwnAccount.csv', column: 'personId', nameOf: inventedPerson },
  { file: 'CompanyOwnAccount.csv', column: 'companyId', nameOf: (id: string) => `虚构${inNumerals(id)}商贸有限公司` },
] as const;

/** The sample data of the LDBC FinBench driver: `|`-separated, without quotation marks, times without a zone. */
export const finbenchFormat: LedgerFormat = {
  files: ['Account.csv', ...ownerFiles.map(({ file }) => file), ...movementFiles.map(({ file }) => file)],
  decisions: ({ institutions }) => [
    `institution: SHA-256 of the account id, first 4 bytes as a number, modulo ${institutions.length}: ${institutions.map((code, rest) => `${rest} ${code}`).join(', ')}`,
    'holder names: invented from the owner id (person 729 is 癸虚构七二九, company 616 is 虚构六一六商贸有限公司)',
    'opening balance: the least that keeps the balance from ever falling below zero',
    'amounts: yuan, rounded half up to fen; every account in CNY',
    'times: read as China time (+08:00)',
    'a withdrawal goes from account to account: a movement of kind WITHDRAWAL',
    'isBlocked true: the account is FROZEN; no account is exempt',
  ],
  accounts: readAccounts,
  movements: (source, report) => movementFiles.map((part) => readMovements(source, part, report)),
};

/** The institution of an account: spread evenly, the same in every run and on every machine. */
export function institutionOf(accountId: string, institutions: readonly string[]): string {
  const institution = institutions[sha256(accountId).readUInt32BE(0) % institutions.length];
  if (institution === undefined) throw new Error('ledger import: expected at least one institution');
  return institution;
}

async function* readAccounts(source: ImportSource, report: Report): AsyncGenerator<ImportedAccount> {
  const names = await loadHolderNames(source, report);
  const file = 'Account.csv';
  // `accoutType` is spelt so in the files.
  const shape = { delimiter: '|', columns: ['accountId', 'createTime', 'isBlocked', 'accoutType'] } as const;
  for await (const { line, values } of csvRows(join(source.folder, file), shape, report)) {
    const { accountId, createTime, isBlocked, accoutType } = values;
    const openedAt = parseInstant(createTime, 'createTime');
    const holderName = names.get(accountId);
    const problem =
      (!/^\d{5,32}$/.test(accountId) && 'accountId is not a number of 5 to 32 digits') ||
      (isRefusal(openedAt) && 'createTime is not a time like 2020-01-09 18:08:45.162') ||
      (isBlocked !== 'true' && isBlocked !== 'false' && 'isBlocked is neither true nor false') ||
      (holderName === undefined && 'the account has no owner in PersonOwnAccount.csv or CompanyOwnAccount.csv');
    if (problem || isRefusal(openedAt) || holderName === undefined) report({ file, line, text: problem || 'not readable' });
    else {
      yield {
        line, number: accountId, institution: institutionOf(accountId, source.institutions), holderName, status: isBlocked === 'true' ? 'FROZEN' : 'ACTIVE',
        exemptKind: null, currency: 'CNY', product: accoutType || 'account', openedAt, openingFen: null,
      };
    }
  }
}

/** Account id → invented name of its owner. Grows with the accounts, not with the movements. */
async function loadHolderNames({ folder }: ImportSource, report: Report): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const { file, column, nameOf } of ownerFiles) {
    for await (const { line, values } of csvRows(join(folder, file), { delimiter: '|', columns: [column, 'accountId'] }, report)) {
      const owner = values[column as keyof typeof values];
      if (!/^\d{1,20}$/.test(owner)) report({ file, line, text: `${column} is not a number` });
      else if (names.has(values.accountId)) report({ file, line, text: 'the account already has an owner in an earlier row' });
      else names.set(values.accountId, nameOf(owner));
    }
  }
  return names;
}

async function* readMovements({ folder, name }: ImportSource, { file, kind, word }: (typeof movementFiles)[number], report: Report): AsyncGenerator<ImportedMovement> {
  const shape = { delimiter: '|', columns: ['fromId', 'toId', 'amount', 'createTime'] } as const;
  for await (const { line, values } of csvRows(join(folder, file), shape, report)) {
    const fen = roundToFen(values.amount);
    const at = parseInstant(values.createTime, 'createTime');
    if (fen === undefined) report({ file, line, text: 'amount is not a number; expected digits with a decimal point' });
    else if (fen === 0n) report({ file, line, text: 'amount rounds to 0.00' });
    else if (isRefusal(at)) report({ file, line, text: 'createTime is not a time like 2020-06-29 02:33:46.538' });
    else yield { file, line, reference: `${name}:${word}:${line}`, at, from: { number: values.fromId }, to: { number: values.toId }, fen, kind };
  }
}

const numerals = '零一二三四五六七八九';
const surnames = '甲乙丙丁戊己庚辛壬癸';

/** The digits of an id in Chinese numerals. */
function inNumerals(id: string): string {
  return [...id].map((digit) => numerals.charAt(Number(digit))).join('');
}

/** A person's name that says plainly that it is invented, from the owner id. */
function inventedPerson(id: string): string {
  return `${surnames.charAt(Number(id.slice(-1)))}虚构${inNumerals(id)}`;
}
