import type { EntityManager } from 'typeorm';
import type { FraudCase } from '../fraud-case/fraud-case.entity';

/** What a legal document decides. */
export type DocumentDecision = 'STOP_PAYMENT' | 'CASE_OPENED' | 'CASE_NOT_OPENED';

/** Document numbers that take effect with a decision. */
export interface NumbersInUse {
  readonly numbers: readonly string[];
  readonly decision: DocumentDecision;
  readonly of: Pick<FraudCase, 'id' | 'unitCode' | 'regionCode'>;
  readonly now: Date;
}

/**
 * Takes document numbers into use for one decision of one case, in the transaction that carries the decision out, and tells those that belong to
 * another decision or case, of whichever region. One document may cover several batches of one case. Two transactions that want one number wait for
 * each other, in the order of the numbers; nothing of the other case is read.
 */
export async function useDocumentNumbers(manager: EntityManager, { numbers, decision, of, now }: NumbersInUse): Promise<string[]> {
  if (numbers.length === 0) return [];
  await manager.query(
    `insert into legal_document (number, decision, case_id, unit_code, region_code, created_at)
     select distinct number, $2, $3::uuid, $4, $5, $6::timestamptz from unnest($1::text[]) as wanted (number) order by number
     on conflict (number) do nothing`,
    [numbers, decision, of.id, of.unitCode, of.regionCode, now],
  );
  const own: { number: string }[] = await manager.query('select number from legal_document where number = any($1::text[]) and decision = $2 and case_id = $3', [numbers, decision, of.id]);
  const ours = new Set(own.map(({ number }) => number));
  return numbers.filter((number) => !ours.has(number));
}
