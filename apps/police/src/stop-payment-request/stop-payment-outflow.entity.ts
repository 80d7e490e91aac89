import { CodeColumn, FenColumn, IdColumn, InstantColumn, Sealed, SealedColumn } from '@lianfang/database';
import { Instant } from '@lianfang/subgraph';
import type { RefusalCode } from '@lianfang/vocabulary';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';

/** A transfer out of a stopped account since the money came in, as the bank answered it: the match facts of the next layer. */
@ObjectType({ description: 'A transfer out of the account since the money came in, as the bank answered it: the match facts of the next layer.' })
@Entity()
export class StopPaymentOutflow {
  @Field(() => ID, { description: 'Opaque id (UUIDv7).' })
  @IdColumn()
  id: string;

  @Field(() => ID, { description: 'The request whose answer lists it.' })
  @Column({ type: 'uuid' })
  requestId: string;

  @Field(() => Int, { description: 'Its place in the answer, 0 first.' })
  @Column({ type: 'integer' })
  position: number;

  @Column({ type: 'text' })
  unitCode: string;

  @Column({ type: 'text' })
  regionCode: string;

  @Field(() => String, { description: "The bank's reference of the transaction." })
  @Column({ type: 'text' })
  reference: string;

  @Field(() => Instant, { description: 'When it left.' })
  @InstantColumn()
  at: Date;

  @FenColumn()
  amountFen: bigint;

  @Column({ type: 'text' })
  currency: string;

  @SealedColumn({ nullable: true })
  numberSealed: Sealed | null;

  /** Blind index of the receiving account. */
  @Column({ type: 'bytea', nullable: true })
  numberIndex: Buffer | null;

  @SealedColumn({ nullable: true })
  holderNameSealed: Sealed | null;

  @Field(() => String, { nullable: true, description: 'Institution of the receiving account, as in `B002`; null when the bank does not know it.' })
  @Column({ type: 'text', nullable: true })
  institution: string | null;

  @Field(() => ID, { nullable: true, description: 'The request that stops the receiving account in this case, proposed from this transfer or before it.' })
  @Column({ type: 'uuid', nullable: true })
  proposedRequestId: string | null;

  /** Why the machine proposed nothing for it; null when it did. */
  @CodeColumn({ nullable: true })
  notProposedCode: RefusalCode | null;

  @Column({ type: 'jsonb' })
  notProposedParameters: Record<string, string>;

  @InstantColumn()
  createdAt: Date;
}
