import { warn, type Refusal, type Warning } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { PoliceGround } from '../action-context';
import { findInstitutions } from '../institution-prefix/institution-prefix.query';
import type { AccountStop } from './account-stop.entity';
import { loadStanding, lockAccounts } from './account-stop.query';
import type { StopDraft } from './stop-draft';
import type { RefusedItem } from './stop-payment-batch.entity';
import { warnOfCore } from './core-capability.rules';
import { paidInKey, type StopCase } from './stop-payment-case.query';
import { nextOrdinal, refuseDraft } from './stop-payment-request.rules';

/** A draft that passed every rule, with what the database knows about its account. */
export interface ExaminedDraft extends StopDraft {
  readonly institution: string;
  /** Blind index of the account, purpose `account-number`. */
  readonly index: Buffer;
  readonly lastFour: string;
  readonly ordinal: 1 | 2;
  /** Stops of the account by other units. */
  readonly others: readonly AccountStop[];
}

/** What is examined. */
export interface Examination {
  readonly stopCase: Pick<StopCase, 'fraudCase' | 'payingAccounts' | 'paidIn'>;
  readonly drafts: readonly StopDraft[];
}

/** Finds institutions, locks the accounts, and asks every rule of every draft. */
export async function examine(manager: EntityManager, ground: PoliceGround, examination: Examination): Promise<{ accepted: ExaminedDraft[]; refused: RefusedItem[] }> {
  const { stopCase, drafts } = examination;
  const indexes = drafts.map(({ accountNumber }) => ground.keyring.index('account-number', accountNumber));
  const prefixes = await findInstitutions(manager, drafts.map(({ accountNumber }) => accountNumber));
  await lockAccounts(manager, indexes);
  const standing = await loadStanding(manager, indexes);
  const used = await loadUsedNumbers(manager, stopCase.fraudCase.unitCode, drafts);
  const keys = indexes.map((index) => index.toString('hex'));
  const accepted: ExaminedDraft[] = [];
  const refused: RefusedItem[] = [];

  for (const [place, read] of drafts.entries()) {
    const [index, key] = [indexes[place] ?? Buffer.alloc(0), keys[place] ?? ''];
    const found = prefixes.get(read.accountNumber) ?? null;
    const institutionCode = read.institution ?? found;
    const listed = institutionCode === null ? undefined : ground.directory.findInstitution(institutionCode);
    const draft = { ...read, institution: institutionCode, warnings: [...read.warnings, ...warnOfOtherPrefix(read, found), ...warnOfCore(read, listed)] };
    const stops = standing.get(key) ?? [];
    const { id: caseId, unitCode } = stopCase.fraudCase;
    const twin = keys.indexOf(key);
    const refusals: Refusal[] = refuseDraft({
      draft,
      unitCode,
      caseId,
      standing: stops,
      isListed: listed !== undefined,
      isPayingAccount: stopCase.payingAccounts.has(key),
      twin: twin < place ? (drafts[twin]?.position ?? twin) : null,
      isExternalNumberUsed: used.has(draft.externalApplicationNumber ?? '') || isRepeated(drafts, place),
      paidInFen: most(stopCase.paidIn.get(paidInKey(index, draft.currency)), draft.factFen),
    });
    const ordinal = nextOrdinal(stops.filter((stop) => stop.unitCode === unitCode).map((stop) => stop.ordinal));
    const { institution } = draft;
    if (refusals.length > 0 || institution === null || ordinal === null) refused.push({ position: draft.position, refusals });
    else accepted.push({ ...draft, institution, index, lastFour: lastFourOf(draft.accountNumber), ordinal, others: stops.filter((stop) => stop.unitCode !== unitCode) });
  }
  return { accepted, refused };
}

/** Who states an institution knows more than the table, as of a number taken over from another bank; the approver sees that they differ (practice A5). */
const warnOfOtherPrefix = ({ institution }: StopDraft, found: string | null): Warning[] =>
  institution === null || found === null || institution === found ? [] : [warn('INSTITUTION_DIFFERS_FROM_PREFIX', 'institution', { stated: institution, found })];

const most = (known: bigint | undefined, own: bigint): bigint => (known !== undefined && known > own ? known : own);

/** The last four characters of the main number; the sub-account after `_` is not shown. */
const lastFourOf = (number: string): string => (number.split('_')[0] ?? number).slice(-4);

const isRepeated = (drafts: readonly StopDraft[], place: number): boolean => {
  const number = drafts[place]?.externalApplicationNumber ?? null;
  return number !== null && drafts.findIndex((draft) => draft.externalApplicationNumber === number) < place;
};

/** Application numbers of these drafts that the unit has used before. */
async function loadUsedNumbers(manager: EntityManager, unitCode: string, drafts: readonly StopDraft[]): Promise<Set<string>> {
  const numbers = drafts.flatMap(({ externalApplicationNumber }) => externalApplicationNumber ?? []);
  if (numbers.length === 0) return new Set();
  const rows: { number: string }[] = await manager.query(
    `select external_application_number as number from stop_payment_request
     where unit_code = $1 and external_application_number = any($2) and state not in ('RETURNED', 'CANCELLED')`,
    [unitCode, numbers],
  );
  return new Set(rows.map(({ number }) => number));
}
