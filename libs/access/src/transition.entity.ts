import { CodeColumn, IdColumn, InstantColumn, Sealed, SealedColumn } from '@lianfang/database';
import type { Agency, Side } from '@lianfang/vocabulary';
import { Column, Entity } from 'typeorm';

/** What an action adds to its transition: codes, ids and amounts, never words and never personal data. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** One change of state of one thing: the source of audit, time line, live hints and metrics. Written by `move()`, never changed. */
@Entity()
export class Transition {
  /** The same id as its audit entry. */
  @IdColumn() id: string;
  /** The agency whose thing it is. */
  @CodeColumn() agency: Agency;
  /** The lifecycle's name, as in `stop-payment-order`. */
  @Column({ type: 'text' }) thing: string;
  @Column({ type: 'uuid' }) thingId: string;
  /** The case it belongs to, where there is one. */
  @Column({ type: 'uuid', nullable: true }) caseId: string | null;
  @CodeColumn() action: string;
  /** Null when the action brought the thing into being. */
  @CodeColumn({ nullable: true }) fromState: string | null;
  @CodeColumn() toState: string;
  /** The thing's version after the action; the first is 1. */
  @Column({ type: 'integer' }) version: number;
  @CodeColumn() bySide: Side;
  @Column({ type: 'text' }) actorId: string;
  @Column({ type: 'text', nullable: true }) actorUnit: string | null;
  @Column({ type: 'text', nullable: true }) actorInstitution: string | null;
  /** Where the thing belongs: police unit, region (GB/T 2260), institution. */
  @Column({ type: 'text', nullable: true }) unit: string | null;
  @Column({ type: 'text', nullable: true }) regionCode: string | null;
  @Column({ type: 'text', nullable: true }) institution: string | null;
  /** What the actor gave as reason; free text may name persons, so it is sealed. */
  @SealedColumn({ nullable: true }) reason: Sealed | null;
  @Column({ type: 'jsonb' }) facts: Facts;
  @InstantColumn() at: Date;
}
