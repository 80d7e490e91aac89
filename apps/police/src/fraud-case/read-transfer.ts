import {
  isBlank, accountNumberWarnings, lastFour, moneyOf, normaliseTyped, parseAccountNumber, parseInstant, parseInstitutionCode, parsePayee, parseSha256Hash, parseYuan, payeeIdentifier, payeeKinds,
  refuse, refuseFuture, transferChannels, warn, type Money, type Payee, type Refusal, type TransferChannel,
} from '@lianfang/vocabulary';
import type { CaseTransferInput } from './case-transfer.input';
import { readCode, type Findings } from './findings';

/** A transfer as read from a report: every value trusted, nothing sealed yet. */
export interface ReadTransfer {
  readonly payerNumber: string | null;
  readonly payerLastFour: string | null;
  readonly payerInstitution: string | null;
  readonly payee: Payee;
  readonly amount: Money;
  readonly transferredAt: Date;
  readonly channel: TransferChannel;
  readonly voucherHash: string | null;
  readonly accountLevel: number;
  readonly isLoss: boolean;
  readonly correctsId: string | null;
}

/** What reading a transfer needs to know: where findings go, now, and when the fraud was reported. */
export interface TransferReading {
  readonly findings: Findings;
  readonly now: Date;
  readonly reportedAt: Date;
}

/** Highest account level, as a guard against a slip of the keyboard. */
const HIGHEST_LEVEL = 20;

/** Reads one transfer. Later than the report is a doubt, not a fault: victims still pay during the call, machines settle later. */
export function readTransfer(input: CaseTransferInput, path: string, { findings, now, reportedAt }: TransferReading): ReadTransfer | undefined {
  const refusedBefore = findings.refusals.length;
  const payer = findings.keepOptional(input.payerAccountNumber, (text) => parseAccountNumber(text, `${path}.payerAccountNumber`));
  const payerInstitution = findings.keepOptional(input.payerInstitution, (text) => parseInstitutionCode(text, `${path}.payerInstitution`));
  const payee = keepPayee(input, `${path}.payee`, findings);
  const amount = findings.keep(readAmount(input, path));
  const transferredAt = findings.keep(readPast(input.transferredAt, `${path}.transferredAt`, now));
  const channel = findings.keep(readCode(transferChannels, input.channel, `${path}.channel`));
  const voucherHash = findings.keepOptional(input.voucherHash, (text) => parseSha256Hash(text, `${path}.voucherHash`));
  const accountLevel = findings.keep(readLevel(input.accountLevel ?? 1, `${path}.accountLevel`));
  if (payer && payee && payer.text === payeeIdentifier(payee)) findings.keep(refuse('PAYEE_IS_PAYER', { path: `${path}.payee.identifier` }));
  if (findings.refusals.length > refusedBefore || !payee || !amount || !transferredAt || !channel || !accountLevel) return undefined;

  if (payer) findings.doubt(...accountNumberWarnings(payer, `${path}.payerAccountNumber`));
  if (transferredAt > reportedAt) findings.doubt(warn('TRANSFER_AFTER_REPORT', `${path}.transferredAt`));
  if (amount.currency !== 'CNY') findings.doubt(warn('FOREIGN_CURRENCY_NOT_SUMMED', `${path}.currency`));
  return {
    payerNumber: payer?.text ?? null,
    payerLastFour: payer ? lastFour(payer) : null,
    payerInstitution: payerInstitution ?? null,
    payee,
    amount,
    transferredAt,
    channel,
    voucherHash: voucherHash ?? null,
    accountLevel,
    isLoss: input.isLoss ?? true,
    correctsId: input.correctsId ?? null,
  };
}

function keepPayee(input: CaseTransferInput, path: string, findings: Findings): Payee | undefined {
  const read = parsePayee(input.payee, path);
  if (Array.isArray(read)) {
    findings.refusals.push(...read);
    return undefined;
  }
  findings.doubt(...read.warnings);
  return read.payee;
}

function readAmount({ amount, currency }: CaseTransferInput, path: string): Money | Refusal {
  const code = isBlank(currency) ? 'CNY' : normaliseTyped(currency).toUpperCase();
  if (!/^[A-Z]{3}$/.test(code)) return refuse('CURRENCY_FORM', { path: `${path}.currency` });
  const read = parseYuan(amount, `${path}.amount`);
  return 'fen' in read ? moneyOf(read.fen, code) : read;
}

/** Reads an instant that is not after `now`. */
export function readPast(text: string, path: string, now: Date): Date | Refusal {
  const read = parseInstant(text, path);
  return read instanceof Date ? (refuseFuture(read, now, path) ?? read) : read;
}

const readLevel = (level: number, path: string): number | Refusal => (level >= 1 && level <= HIGHEST_LEVEL ? level : refuse('ACCOUNT_LEVEL_RANGE', { path }));

/** Warns of a transfer that stands twice in one list: same voucher, or same payee, amount and instant. */
export function warnOfRepeats(transfers: readonly (ReadTransfer | undefined)[], findings: Findings): void {
  const seen = new Set<string>();
  for (const [index, transfer] of transfers.entries()) {
    if (!transfer) continue;
    const marks = [transfer.voucherHash, `${payeeIdentifier(transfer.payee) ?? ''} ${transfer.amount.fen} ${transfer.transferredAt.getTime()}`].filter((mark) => mark !== null);
    if (marks.some((mark) => seen.has(mark))) findings.doubt(warn('TRANSFER_REPEATED', `transfers.${index}`));
    for (const mark of marks) seen.add(mark);
  }
}

/** Chain code of fund settlement (L4) that a payee stands for. */
export function settlementCodeOf({ kind }: Pick<Payee, 'kind'>) {
  const { destination } = payeeKinds[kind];
  if (destination === 'BANK_CARD') return 'L4.01' as const;
  if (destination === 'THIRD_PARTY_PAYMENT') return 'L4.02' as const;
  return kind === 'CHAIN_ADDRESS' ? ('L4.03' as const) : ('L4.06' as const);
}
