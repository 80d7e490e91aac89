import { join } from 'node:path';
import { isRefusal, parseAccountNumber, parseInstant } from '@lianfang/vocabulary';
import type { CoreAccountStatus } from '../core-banking';
import { isExemptKind } from '../exempt-kind';
import { csvRows } from './csv-rows';
import type { ImportSource, ImportedAccount, ImportedEnd, ImportedMovement, LedgerFormat } from './ledger-format';
import type { Report } from './row-problem';

/**
 * Our own files: comma-separated, quoted with `"`, UTF-8, one header line each.
 *
 * `accounts.csv` — institution,number,holder_name,product,currency,status,exempt_kind,opened_at,opening_balance:
 * `status` ACTIVE, FROZEN or CLOSED; `exempt_kind` empty or a code of exempt-kind.ts; `opened_at` a time (China time without an offset);
 * `opening_balance` in yuan, empty for the least that keeps the balance from falling below zero. A number stands once.
 *
 * `entries.csv` — at,from_number,to_number,amount,kind,outside_name,outside_institution: in the order of `at`; an empty number is cash;
 * a number that accounts.csv lacks is somebody outside and needs `outside_name`; `amount` in yuan with at most two decimals;
 * `kind` TRANSFER, WITHDRAWAL or DEPOSIT.
 */
export const lianfangFormat: LedgerFormat = {
  files: ['accounts.csv', 'entries.csv'],
  decisions: () => ['opening balance, where empty: the least that keeps the balance from ever falling below zero', 'times without an offset: read as China time (+08:00)'],
  accounts: readAccounts,
  movements: (source, report) => [readEntries(source, report)],
};

const accountColumns = ['institution', 'number', 'holder_name', 'product', 'currency', 'status', 'exempt_kind', 'opened_at', 'opening_balance'] as const;
const entryColumns = ['at', 'from_number', 'to_number', 'amount', 'kind', 'outside_name', 'outside_institution'] as const;

type Values<Columns extends readonly string[]> = Readonly<Record<Columns[number], string>>;

async function* readAccounts({ folder, institutions }: ImportSource, report: Report): AsyncGenerator<ImportedAccount> {
  const file = 'accounts.csv';
  for await (const { line, values } of csvRows(join(folder, file), { delimiter: ',', columns: accountColumns }, report)) {
    const account = accountOf(line, values, institutions);
    if (typeof account === 'string') report({ file, line, text: account });
    else yield account;
  }
}

/** The account of a row, or what is wrong with it. */
function accountOf(line: number, values: Values<typeof accountColumns>, institutions: readonly string[]): ImportedAccount | string {
  const { institution, currency, status, exempt_kind: exemptKind } = values;
  const number = parseAccountNumber(values.number, 'number');
  const openedAt = parseInstant(values.opened_at, 'opened_at');
  const openingFen = values.opening_balance === '' ? null : exactFen(values.opening_balance);
  if (!institutions.includes(institution)) return `institution is none of ${institutions.join(', ')}; see --institutions`;
  if (isRefusal(number)) return `number is not an account number (${number.code})`;
  if (values.holder_name.length < 1 || values.holder_name.length > 120) return 'holder_name is empty or longer than 120 characters';
  if (!/^[A-Z]{3}$/.test(currency)) return 'currency is not three capital letters';
  if (!isStatus(status)) return 'status is none of ACTIVE, FROZEN, CLOSED';
  if (exemptKind !== '' && !isExemptKind(exemptKind)) return 'exempt_kind is no code that we know';
  if (isRefusal(openedAt)) return 'opened_at is not a time like 2026-05-01 08:30:15';
  if (openingFen === undefined) return 'opening_balance is not an amount in yuan with at most two decimals';
  return {
    line, number: number.text, institution, holderName: values.holder_name, status, exemptKind: exemptKind === '' ? null : exemptKind,
    currency, product: values.product || 'account', openedAt, openingFen,
  };
}

async function* readEntries({ folder, name }: ImportSource, report: Report): AsyncGenerator<ImportedMovement> {
  const file = 'entries.csv';
  for await (const { line, values } of csvRows(join(folder, file), { delimiter: ',', columns: entryColumns }, report)) {
    const entry = entryOf(values);
    if (typeof entry === 'string') report({ file, line, text: entry });
    else yield { file, line, reference: `${name}:entry:${line}`, ...entry };
  }
}

/** The movement of a row, or what is wrong with it. Which numbers are accounts of the import is decided by whoever knows them all. */
function entryOf(values: Values<typeof entryColumns>): Omit<ImportedMovement, 'file' | 'line' | 'reference'> | string {
  const at = parseInstant(values.at, 'at');
  const fen = exactFen(values.amount);
  const { kind } = values;
  if (isRefusal(at)) return 'at is not a time like 2026-05-01 08:30:15';
  if (fen === undefined || fen === 0n) return 'amount is not an amount in yuan, more than 0, with at most two decimals';
  if (kind !== 'TRANSFER' && kind !== 'WITHDRAWAL' && kind !== 'DEPOSIT') return 'kind is none of TRANSFER, WITHDRAWAL, DEPOSIT';
  const [from, to] = [endOf(values.from_number, values), endOf(values.to_number, values)];
  if (from === undefined || to === undefined) return 'from_number or to_number is not an account number';
  return { at, fen, kind, from, to };
}

function endOf(text: string, { outside_name: holderName, outside_institution: institution }: Values<typeof entryColumns>): ImportedEnd | undefined {
  if (text === '') return 'CASH';
  const number = parseAccountNumber(text, 'number');
  if (isRefusal(number)) return undefined;
  return holderName === '' ? { number: number.text } : { outside: { number: number.text, holderName, institution: institution || null } };
}

function exactFen(text: string): bigint | undefined {
  const match = /^(\d{1,14})(?:\.(\d{1,2}))?$/.exec(text);
  return match ? BigInt((match[1] ?? '') + (match[2] ?? '').padEnd(2, '0')) : undefined;
}

const isStatus = (text: string): text is CoreAccountStatus => text === 'ACTIVE' || text === 'FROZEN' || text === 'CLOSED';
