import { newId } from '@lianfang/database';
import type { Warning } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { NoticeAudience, NoticeKind } from './notice.entity';

/** A notice to give. */
export interface NewNotice {
  readonly kind: NoticeKind;
  readonly audience: NoticeAudience;
  readonly unitCode: string;
  readonly regionCode: string;
  readonly caseId: string | null;
  readonly requestId: string | null;
  readonly lines: readonly Warning[];
  readonly deliverAfter: Date;
  readonly now: Date;
}

/** Writes a notice in the transaction that gives rise to it. A second notice of one measure breaks `notice_measure_once`. */
export async function giveNotice(manager: EntityManager, notice: NewNotice): Promise<void> {
  // No entity here: TypeORM reads a saved row back, and a unit may not read what it writes for another region's unit.
  await manager.query(
    `insert into notice (id, kind, audience, unit_code, region_code, case_id, request_id, lines, deliver_after, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      newId(), notice.kind, notice.audience, notice.unitCode, notice.regionCode, notice.caseId, notice.requestId,
      JSON.stringify(notice.lines), notice.deliverAfter, notice.now,
    ],
  );
}
