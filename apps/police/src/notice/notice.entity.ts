import { CodeColumn, IdColumn, InstantColumn } from '@lianfang/database';
import { Instant } from '@lianfang/subgraph';
import { codesOf, type Warning } from '@lianfang/vocabulary';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity } from 'typeorm';

/** What a notice is about. */
export const NoticeKind = codesOf([
  'FREEZE_MISSING', 'ORDER_UNACKNOWLEDGED', 'ORDER_UNANSWERED',
  'RELEASE_UNCONFIRMED', 'EXPIRY_UNCONFIRMED', 'BANK_ANSWER_DOUBTFUL',
  'OTHER_UNIT', 'MEASURE_TAKEN', 'APPEAL_OVERDUE',
  'BATCH_WAITING',
]);

/** A kind of notice, as in `FREEZE_MISSING`. */
export type NoticeKind = keyof typeof NoticeKind;

registerEnumType(NoticeKind, {
  name: 'NoticeKind',
  description: 'What a notice is about.',
  valuesConfig: {
    FREEZE_MISSING: { description: 'A stop ends soon and a freeze still lacks something (T-24, -12, -6 hours).' },
    ORDER_UNACKNOWLEDGED: { description: 'No signed receipt of an order yet.' },
    ORDER_UNANSWERED: { description: 'An order passed its validity without an answer.' },
    RELEASE_UNCONFIRMED: { description: 'A release is not confirmed.' },
    EXPIRY_UNCONFIRMED: { description: 'A stop has ended and the bank has not confirmed.' },
    BANK_ANSWER_DOUBTFUL: { description: "A bank's answer is doubtful: its clock, its term, or contradicting answers." },
    OTHER_UNIT: { description: 'Another unit is after the same account.' },
    MEASURE_TAKEN: { description: 'Standard words to the affected person, nothing before the stop took effect (class B).' },
    APPEAL_OVERDUE: { description: 'An appeal is due and not decided (DL-26).' },
    BATCH_WAITING: { description: 'A batch of stops waits for its approval.' },
  },
});

/** To whom a notice goes. */
export const NoticeAudience = { UNIT: 'UNIT', APPROVERS: 'APPROVERS', AFFECTED_PERSON: 'AFFECTED_PERSON' } as const;

/** The unit in charge, those who may approve with the duty desk, or the affected person (被采取措施的当事人). */
export type NoticeAudience = keyof typeof NoticeAudience;

registerEnumType(NoticeAudience, {
  name: 'NoticeAudience',
  description: 'To whom a notice goes.',
  valuesConfig: { UNIT: { description: 'A police unit.' }, APPROVERS: { description: 'The leaders who may approve, and the duty desk.' }, AFFECTED_PERSON: { description: 'The affected person (被采取措施的当事人).' } },
});

/** Something that a unit or an affected person is to be told, not before `deliverAfter`. */
@ObjectType({ description: 'Something that a unit or an affected person is to be told, not before `deliverAfter`.' })
@Entity()
export class Notice {
  @Field(() => ID, { description: 'Opaque id (UUIDv7).' })
  @IdColumn()
  id: string;

  @Field(() => NoticeKind, { description: 'What it is about.' })
  @CodeColumn()
  kind: NoticeKind;

  @Field(() => NoticeAudience, { description: 'To whom it goes.' })
  @CodeColumn()
  audience: NoticeAudience;

  @Field(() => String, { description: 'The unit that is told, or that answers for the measure; 12 digits.' })
  @Column({ type: 'text' })
  unitCode: string;

  @Column({ type: 'text' })
  regionCode: string;

  @Field(() => ID, { nullable: true, description: 'The case, where the reader may know it.' })
  @Column({ type: 'uuid', nullable: true })
  caseId: string | null;

  @Field(() => ID, { nullable: true, description: 'The stop-payment request.' })
  @Column({ type: 'uuid', nullable: true })
  requestId: string | null;

  /** Codes with parameters, sentences in refusals/stop-payment-request.ts. */
  @Column({ type: 'jsonb', name: 'lines' })
  storedLines: Warning[];

  @Field(() => Instant, { description: 'Not to be told before this instant.' })
  @InstantColumn()
  deliverAfter: Date;

  @InstantColumn()
  createdAt: Date;
}
