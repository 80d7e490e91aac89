import { CodeColumn, IdColumn, InstantColumn } from '@lianfang/database';
import { Column, Entity } from 'typeorm';
import type { CaseFactKind, DuplicateReason } from './case-codes';

/**
 * What a case leaves for other units to find it by, across regions: a blind index, the unit, nothing else.
 * The one table of a case that every police unit may search.
 */
@Entity()
export class CaseTrace {
  @IdColumn() id: string;
  @Column({ type: 'uuid' }) caseId: string;
  @CodeColumn() reason: DuplicateReason;
  /** Blind index of voucher, payee, or victim with amount. */
  @Column({ type: 'bytea' }) trace: Buffer;
  /** When the money was sent, for VICTIM_AND_TRANSFER; otherwise null. */
  @InstantColumn({ nullable: true }) moment: Date | null;
  @Column({ type: 'text' }) unitCode: string;
  @Column({ type: 'text' }) regionCode: string;
  @InstantColumn() createdAt: Date;
}

/** Two cases that are likely one report, or victims of one account. One row for both sides; the later case is `caseId`. */
@Entity()
export class CaseDuplicate {
  @IdColumn() id: string;
  @Column({ type: 'uuid' }) caseId: string;
  @Column({ type: 'text' }) unitCode: string;
  @Column({ type: 'text' }) regionCode: string;
  @Column({ type: 'uuid' }) otherCaseId: string;
  @Column({ type: 'text' }) otherUnitCode: string;
  @Column({ type: 'text' }) otherRegionCode: string;
  @CodeColumn() reason: DuplicateReason;
  @InstantColumn() createdAt: Date;
}

/** Something that happened to a case without changing its state. Insert-only; with the transitions it makes the time line. */
@Entity()
export class CaseFact {
  @IdColumn() id: string;
  @Column({ type: 'uuid' }) caseId: string;
  @CodeColumn() kind: CaseFactKind;
  @InstantColumn() at: Date;
  @Column({ type: 'text' }) actorId: string;
  @CodeColumn() bySide: string;
  /** Codes, ids and counts. */
  @Column({ type: 'jsonb' }) facts: Readonly<Record<string, string | number | boolean | null>>;
  @Column({ type: 'text' }) unitCode: string;
  @Column({ type: 'text' }) regionCode: string;
}

/** The last running number of a unit's cases in one month. */
@Entity()
export class CaseNumberSequence {
  @Column({ type: 'text', primary: true }) unitCode: string;
  /** As in `202605`. */
  @Column({ type: 'text', primary: true }) month: string;
  @Column({ type: 'integer' }) lastNumber: number;
}
