import { CodeColumn, IdColumn, InstantColumn } from '@lianfang/database';
import { Column, Entity } from 'typeorm';

/** Whether a stop counts toward the two: under way it may still, counted it does, void it never will (86-5, practice A6). */
export type Counting = 'UNDER_WAY' | 'COUNTED' | 'VOID';

/**
 * One stop on one account, without persons: counts stops per unit over all cases, and lets two units learn of each other.
 * No region policy: it holds a blind index, a unit and its duty phone, nothing else.
 */
@Entity()
export class AccountStop {
  /** The request's id. */
  @IdColumn() id: string;
  @Column({ type: 'bytea' }) accountIndex: Buffer;
  @Column({ type: 'uuid' }) caseId: string;
  @Column({ type: 'text' }) unitCode: string;
  @Column({ type: 'text' }) unitName: string;
  @Column({ type: 'text' }) dutyPhone: string;
  @Column({ type: 'text' }) regionCode: string;
  /** Its place among the unit's two stops of the account: 1 or 2. */
  @Column({ type: 'integer' }) ordinal: number;
  @CodeColumn() counting: Counting;
  @InstantColumn({ nullable: true }) stoppedAt: Date | null;
  @InstantColumn() createdAt: Date;
}
