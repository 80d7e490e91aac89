import { CodeColumn, IdColumn, InstantColumn, Sealed, SealedColumn } from '@lianfang/database';
import { Instant } from '@lianfang/subgraph';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { LeadKind, leadKindDescriptions } from './case-codes';

registerEnumType(LeadKind, { name: 'LeadKind', description: 'What a lead 线索 is.', valuesConfig: leadKindDescriptions });

/** Something of the fraud that can be acted on or searched for: an account, number, platform account, domain, address or app. */
@ObjectType({ description: 'Something of the fraud that can be acted on: an account, number, platform account, domain, address or app.' })
@Entity()
export class CaseLead {
  @Field(() => ID, { description: 'Opaque id.' })
  @IdColumn()
  id: string;

  @Column({ type: 'uuid' })
  caseId: string;

  @Field(() => LeadKind, { description: 'What it is.' })
  @CodeColumn()
  kind: LeadKind;

  @SealedColumn()
  valueSealed: Sealed;

  /** Blind index of the value; purpose `account-number`, `phone` or `lead`. */
  @Column({ type: 'bytea' })
  valueIndex: Buffer;

  @Field(() => String, { nullable: true, description: 'The platform of a platform account, P01 to P11.' })
  @CodeColumn({ nullable: true })
  platform: string | null;

  @SealedColumn({ nullable: true })
  noteSealed: Sealed | null;

  @Field(() => ID, { nullable: true, description: 'The lead that this one corrects.' })
  @Column({ type: 'uuid', nullable: true })
  correctsId: string | null;

  @Column({ type: 'text' })
  unitCode: string;

  @Column({ type: 'text' })
  regionCode: string;

  @Field(() => Instant, { description: 'When it was entered.' })
  @InstantColumn()
  createdAt: Date;
}
