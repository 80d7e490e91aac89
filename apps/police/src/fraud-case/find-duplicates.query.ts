import { newId, type Keyring } from '@lianfang/database';
import type { EntityManager } from 'typeorm';
import type { DuplicateReason } from './case-codes';
import { CaseDuplicate, CaseTrace } from './case-trace.entity';
import type { CasePerson } from './case-person.entity';
import type { CaseTransfer } from './case-transfer.entity';
import type { RowGround } from './case-rows';

/** Duplicates that one submission stores at most, the newest cases first: an account with a thousand victims is one account, not a million pairs. */
const MOST_DUPLICATES = 100;

/** What a case leaves to be found by: the vouchers, the payees, and the victim with amount and time. */
export function tracesOf(transfers: readonly CaseTransfer[], deceived: readonly CasePerson[], { of, keyring, now }: RowGround): CaseTrace[] {
  const victims = deceived.flatMap(({ idIndex, phoneIndex }) => [idIndex, phoneIndex]).filter((index) => index !== null);
  const trace = (reason: DuplicateReason, index: Buffer, moment: Date | null = null): CaseTrace => ({
    id: newId(), caseId: of.id, reason, trace: index, moment, unitCode: of.unitCode, regionCode: of.regionCode, createdAt: now,
  });
  return transfers.flatMap((transfer) => [
    ...(transfer.voucherHash === null ? [] : [trace('VOUCHER', keyring.index('voucher', transfer.voucherHash))]),
    ...(transfer.payeeIndex === null ? [] : [trace('PAYEE', transfer.payeeIndex)]),
    ...victims.map((victim) => trace('VICTIM_AND_TRANSFER', victimTrace(keyring, victim, transfer), transfer.transferredAt)),
  ]);
}

const victimTrace = (keyring: Keyring, victim: Buffer, { amountFen, currency }: CaseTransfer): Buffer =>
  keyring.index('victim-and-transfer', `${victim.toString('hex')} ${amountFen} ${currency}`);

/** Pairs that this submission found. */
export interface FoundDuplicates {
  readonly pairs: number;
}

/**
 * Stores the traces of a case and the pairs they make with cases of every unit. Two cases that arrive at once wait for each other
 * at the traces they share, so that one of them finds the other.
 *
 * @param within milliseconds by which the times of one transfer may differ
 */
export async function linkDuplicates(manager: EntityManager, traces: readonly CaseTrace[], { of, now, within }: RowGround & { within: number }): Promise<FoundDuplicates> {
  if (traces.length === 0) return { pairs: 0 };
  await manager.query(waitAtTraces, [traces.map(({ trace }) => trace)]);
  const others = await manager.query<OtherCase[]>(findOthers, [of.id, traces.map(({ trace }) => trace), traces.map(({ reason }) => reason), traces.map(({ moment }) => moment), within, MOST_DUPLICATES]);
  await manager.insert(CaseTrace, [...traces]);
  if (others.length === 0) return { pairs: 0 };
  await manager.insert(
    CaseDuplicate,
    others.map((other) => ({
      id: newId(), caseId: of.id, unitCode: of.unitCode, regionCode: of.regionCode, reason: other.reason, createdAt: now,
      otherCaseId: other.case_id, otherUnitCode: other.unit_code, otherRegionCode: other.region_code,
    })),
  );
  return { pairs: others.length };
}

interface OtherCase {
  readonly case_id: string;
  readonly unit_code: string;
  readonly region_code: string;
  readonly reason: DuplicateReason;
}

/** One of 256 gates per trace, always in the same order, so that many payees cost few locks and nobody waits in a circle. */
const waitAtTraces = `
  select pg_advisory_xact_lock(7262031, gate)
  from (select distinct get_byte(trace, 1) as gate from unnest($1::bytea[]) as mine(trace) order by gate) as gates`;

const findOthers = `
  select case_id, unit_code, region_code, reason
  from (select distinct on (other.case_id, other.reason) other.case_id, other.unit_code, other.region_code, other.reason, other.created_at
        from unnest($2::bytea[], $3::text[], $4::timestamptz[]) as mine(trace, reason, moment)
        join case_trace other on other.trace = mine.trace and other.reason = mine.reason
        where other.case_id <> $1
          and (mine.moment is null or abs(extract(epoch from other.moment - mine.moment)) * 1000 <= $5)
          and not exists (select from case_duplicate known
                          where known.reason = other.reason
                            and (known.case_id, known.other_case_id) in (($1, other.case_id), (other.case_id, $1)))
        order by other.case_id, other.reason, other.created_at desc) as found
  order by created_at desc
  limit $6`;
