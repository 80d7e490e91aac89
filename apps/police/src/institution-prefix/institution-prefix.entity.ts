import { IdColumn, InstantColumn } from '@lianfang/database';
import { Instant } from '@lianfang/subgraph';
import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';

/** The first digits of account numbers that one institution issued. */
@ObjectType({ description: 'The first digits of account numbers that one institution issued; the longest prefix of a number wins.' })
@Entity()
export class InstitutionPrefix {
  @Field(() => ID, { description: 'Opaque id (UUIDv7).' })
  @IdColumn()
  id: string;

  @Field(() => String, { description: '3 to 12 digits.' })
  @Column({ type: 'text' })
  prefix: string;

  @Field(() => String, { description: 'The institution, a code of the directory, as in `B001`.' })
  @Column({ type: 'text' })
  institution: string;

  @Field(() => String, { nullable: true, description: 'What the numbers are, as in `debit card`.' })
  @Column({ type: 'text', nullable: true })
  productNote: string | null;

  @Field(() => Instant, { description: 'When the row last changed.' })
  @InstantColumn()
  changedAt: Date;

  @InstantColumn()
  createdAt: Date;
}
