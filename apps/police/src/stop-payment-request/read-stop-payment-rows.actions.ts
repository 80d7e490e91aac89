import { mayDo } from '@lianfang/access';
import { normaliseGrouped, normaliseTyped, payeeKinds, refuse, Refused, type PayeeKind, type Refusal } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { ActionContext } from '../action-context';
import { findInstitutions } from '../institution-prefix/institution-prefix.query';
import { examine } from './examine-drafts';
import { readPastedRows, type PastedRow } from './pasted-rows';
import { readStopItem } from './read-stop-item';
import type { StopDraft } from './stop-draft';
import { findStopCase, type StopCase } from './stop-payment-case.query';
import { refuseCase } from './stop-payment-case.rules';
import { targetOf } from './stop-payment-request.entity';
import { StopPaymentRows, type StopPaymentRow, type StopPaymentRowPayee } from './stop-payment-row.entity';

/** A table pasted from a sheet. */
export interface ReadStopPaymentRows {
  readonly caseId: string;
  /** CSV or tab-separated text, with or without a header. */
  readonly text: string;
}

/**
 * Reads a pasted table of payees for a case (practice A5) and asks of each row what a proposal would ask, duplicates included. Stores nothing: rows
 * without a refusal are proposed with `proposeStopPayments`, the others are corrected beside what was typed. Which other units are after an account
 * is told when it is proposed, and recorded then; a look at a table must not be a way to ask.
 */
export const readStopPaymentRows = ({ database, ...context }: ActionContext, input: ReadStopPaymentRows): Promise<StopPaymentRows | Refused> =>
  database.asCaller(context.caller, async (manager): Promise<StopPaymentRows | Refused> => {
    const stopCase = await findStopCase(manager, input.caseId);
    if (!stopCase) return Refused.because('NOT_FOUND', { path: 'caseId' });
    const denied = mayDo(context.caller, 'stop-payment-request.PROPOSE', targetOf(stopCase.fraudCase));
    if (denied) return new Refused([denied]);
    const table = readPastedRows(input.text);
    const most = context.settings.stopPayment.mostItems;
    const faults = [
      ...refuseCase({ fraudCase: stopCase.fraudCase, now: context.clock.now() }),
      ...(Array.isArray(table) ? table : []),
      ...(!Array.isArray(table) && table.rows.length > most ? [refuse('BATCH_TOO_LONG', { path: 'text', parameters: { most: String(most) } })] : []),
    ];
    if (faults.length > 0 || Array.isArray(table)) return new Refused(faults);
    return Object.assign(new StopPaymentRows(), { rows: await readRows(manager, context, { stopCase, rows: table.rows }), ignoredColumns: table.ignoredColumns });
  });

type Ground = Omit<ActionContext, 'database'>;

async function readRows(manager: EntityManager, ground: Ground, { stopCase, rows }: { stopCase: StopCase; rows: readonly PastedRow[] }): Promise<StopPaymentRow[]> {
  const { clock, directory, settings } = ground;
  const reading = { now: clock.now(), wholeAccountLayers: settings.stopPayment.wholeAccountLayers, transfers: stopCase.transfers, payer: stopCase.payer };
  const prefixes = await findInstitutions(manager, rows.map(numberOf));
  const drafts: StopDraft[] = [];
  const read = rows.map((row) => {
    const institution = row.values.institution || null;
    const institutionFound = prefixes.get(numberOf(row)) ?? null;
    const payee = payeeOf(row, directory.findInstitution(normaliseGrouped(institution ?? institutionFound ?? ''))?.kind === 'PAYMENT_INSTITUTION');
    const draft = readStopItem({ payee: { ...payee, layer: layerOf(row) }, institution }, row.line - 1, reading);
    if (!Array.isArray(draft)) drafts.push(draft);
    return { row, payee, institution, institutionFound, refusals: [...row.refusals, ...(Array.isArray(draft) ? draft : [])] };
  });
  const { accepted, refused } = await examine(manager, ground, { stopCase, drafts });
  return read.map(({ row: { line, cells }, refusals, ...found }) => ({
    ...found,
    line,
    cells,
    refusals: [...refusals, ...(refused.find(({ position }) => position === line - 1)?.refusals ?? [])].map((refusal) => atRow(refusal, line)),
    warnings: (accepted.find(({ position }) => position === line - 1)?.warnings ?? []).map((warning) => atRow(warning, line)),
  }));
}

const numberOf = ({ values }: PastedRow): string => normaliseGrouped(values.accountNumber ?? '');

/** NaN where the cell is no number, which the rule of layers refuses. */
const layerOf = ({ values }: PastedRow): number | null => ((values.layer ?? '') === '' ? null : Number(normaliseTyped(values.layer ?? '')));

function payeeOf(row: PastedRow, isPaymentInstitution: boolean): StopPaymentRowPayee {
  const { accountNumber = '', holderName = '', amount = '', transferredAt = '', kind = '' } = row.values;
  const nameUnknown = /^(未知|不详|不知|unknown)$/i.test(normaliseTyped(holderName));
  const layer = layerOf(row);
  return {
    kind: kind === '' ? (isPaymentInstitution ? 'PAYMENT_ACCOUNT' : 'BANK_CARD') : kindOf(kind),
    // A sheet marks a number as text with an apostrophe.
    accountNumber: accountNumber.replace(/^'/, ''),
    holderName: nameUnknown || holderName === '' ? null : holderName,
    nameUnknown,
    amount,
    transferredAt,
    layer: layer !== null && Number.isInteger(layer) && layer >= 1 && layer <= 20 ? layer : null,
  };
}

/** A kind by its code or its Chinese or English name; what is none stays as typed and is refused. */
function kindOf(typed: string): string {
  const word = normaliseTyped(typed);
  const known = (Object.keys(payeeKinds) as PayeeKind[]).find((kind) => kind === word.toUpperCase() || payeeKinds[kind].zh === word || payeeKinds[kind].en === word.toLowerCase());
  return known ?? typed;
}

/** A proposal says `items.6.payee.amount`, a sheet `rows.7.amount`. */
function atRow<Fault extends Pick<Refusal, 'path'>>(fault: Fault, line: number): Fault {
  const column = (fault.path ?? '').replace(/^(items|rows)\.\d+\.?/, '').replace(/^payee\.?/, '');
  return { ...fault, path: ['rows', String(line), column].filter((part) => part !== '').join('.') };
}
