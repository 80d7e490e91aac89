import { CodeColumn, IdColumn, InstantColumn, Sealed, SealedColumn } from '@lianfang/database';
import { Instant } from '@lianfang/subgraph';
import type { Refusal, RegionLevel } from '@lianfang/vocabulary';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { BatchDecision, PreparedBy } from './stop-payment-codes';

registerEnumType(PreparedBy, {
  name: 'BatchPreparedBy',
  description: 'Who prepared a batch.',
  valuesConfig: { OFFICER: { description: 'An officer typed or imported it.' }, MACHINE: { description: "The machine, from a bank's answer: the next layer (延伸止付). A person approves it." } },
});
registerEnumType(BatchDecision, {
  name: 'BatchDecision',
  description: 'What became of a batch as a whole; each request has its own state.',
  valuesConfig: {
    APPROVED: { description: 'The approver approved it, or a part of it.' },
    RETURNED: { description: 'The approver returned it with a reason.' },
    CANCELLED: { description: 'The unit cancelled every request of it.' },
  },
});

/** A row of a proposal that was refused: its place and why. What was typed stays with the person who typed it. */
export interface RefusedItem {
  /** 0 for the first row. */
  readonly position: number;
  readonly refusals: readonly Refusal[];
}

/** What one person proposes and another approves in one go; each account gets its own request and its own signed order. */
@ObjectType({ description: 'Stops that one person proposes and another approves in one go; each account gets its own request and its own signed order.' })
@Entity()
export class StopPaymentBatch {
  @Field(() => ID, { description: 'Opaque id (UUIDv7).' })
  @IdColumn()
  id: string;

  @Field(() => ID, { description: 'The case it belongs to.' })
  @Column({ type: 'uuid' })
  caseId: string;

  @Field(() => String, { description: 'The police unit in charge, 12 digits.' })
  @Column({ type: 'text' })
  unitCode: string;

  @Field(() => String, { description: "The unit's region, GB/T 2260, 6 digits." })
  @Column({ type: 'text' })
  regionCode: string;

  @Field(() => Int, { description: 'Grows with every decision on it or cancellation in it; give the one you saw when you decide.' })
  @Column({ type: 'integer' })
  version: number;

  @Field(() => PreparedBy, { description: 'Who prepared it.' })
  @CodeColumn()
  preparedBy: PreparedBy;

  /** Subject of the person who proposed it; of a machine batch, who proposed the stop whose answer it follows. */
  @Column({ type: 'text' })
  operatorId: string;

  @Field(() => String, { description: 'Name of the person who proposed it (经办人).' })
  @Column({ type: 'text' })
  operatorName: string;

  @Column({ type: 'text', nullable: true })
  approverId: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the person who decided.' })
  @Column({ type: 'text', nullable: true })
  approverName: string | null;

  @Field(() => BatchDecision, { nullable: true, description: 'What became of it; null while it waits for approval.' })
  @CodeColumn({ nullable: true })
  decision: BatchDecision | null;

  @Field(() => Instant, { nullable: true, description: 'When it was decided.' })
  @InstantColumn({ nullable: true })
  decidedAt: Date | null;

  /** Why it was returned, or why approved where a reason is due; free text may name persons. */
  @SealedColumn({ nullable: true })
  decisionReasonSealed: Sealed | null;

  @Field(() => Int, { description: "1 when it names accounts that took the victim's money, 2 for the next layer, …; the shallowest of its requests." })
  @Column({ type: 'integer' })
  layer: number;

  /** Why these accounts are to be stopped, as typed. */
  @SealedColumn()
  reasonSealed: Sealed;

  @Field(() => String, { description: 'The least level of a leader who may approve: COUNTY, CITY or PROVINCE.' })
  @CodeColumn()
  requiredLevel: RegionLevel;

  @Field(() => String, { nullable: true, description: 'Number of the legal document, issued in the case system and recorded here.' })
  @Column({ type: 'text', nullable: true })
  legalDocumentNumber: string | null;

  /** Rows of the proposal that were refused while the others were accepted; codes and places only. */
  @Column({ type: 'jsonb' })
  refusedItems: RefusedItem[];

  @Field(() => Instant, { description: 'When it was proposed.' })
  @InstantColumn()
  createdAt: Date;
}
