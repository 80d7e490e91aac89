import { CodeColumn, IdColumn, InstantColumn, Sealed, SealedColumn } from '@lianfang/database';
import { Disclosure, Instant } from '@lianfang/subgraph';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { AppealStates } from './appeal-codes';
import type { AppealState } from './appeal.lifecycle';

/** A document that came with an appeal; the file itself stays outside. */
@ObjectType({ description: 'A document that came with an appeal, known by its hash.' })
export class AppealMaterial {
  @Field(() => Disclosure, { description: 'What it is, as typed; may name persons.' })
  readonly title: Pick<Disclosure, 'masked' | 'look'>;

  @Field(() => String, { description: 'SHA-256 of the file, 64 hexadecimal characters.' })
  readonly sha256: string;
}

/** An appeal against a stop (申诉, 反诈法 32), taken down for the affected person. */
@ObjectType({ description: 'An appeal against a stop (申诉, 反诈法 32), taken down by the unit for the affected person.' })
@Entity()
export class Appeal {
  @Field(() => ID, { description: 'Opaque id (UUIDv7).' })
  @IdColumn()
  id: string;

  @Field(() => String, { description: 'The receipt number that the appellant is given: S, unit, year and month in China, running number.' })
  @Column({ type: 'text' })
  number: string;

  @Field(() => ID, { description: 'The stop that it is against.' })
  @Column({ type: 'uuid' })
  requestId: string;

  @Field(() => ID, { description: 'The case of the stop.' })
  @Column({ type: 'uuid' })
  caseId: string;

  @Field(() => String, { description: 'The unit in charge of the stop, 12 digits.' })
  @Column({ type: 'text' })
  unitCode: string;

  @Field(() => String, { description: "The unit's region, GB/T 2260, 6 digits." })
  @Column({ type: 'text' })
  regionCode: string;

  @Field(() => AppealStates, { description: 'Where it stands.' })
  @CodeColumn()
  state: AppealState;

  @Field(() => Int, { description: 'Grows with every move; give the one you saw with the decision.' })
  @Column({ type: 'integer' })
  version: number;

  @SealedColumn()
  appellantNameSealed: Sealed;

  @SealedColumn()
  appellantPhoneSealed: Sealed;

  @SealedColumn()
  reasonSealed: Sealed;

  /** The list of materials as JSON, `[{ title, sha256 }]`. */
  @SealedColumn()
  materialsSealed: Sealed;

  @Field(() => Instant, { description: 'When it was received.' })
  @InstantColumn()
  receivedAt: Date;

  @Field(() => Instant, { description: 'By when it is to be decided (DL-26); afterwards its unit is told.' })
  @InstantColumn()
  dueAt: Date;

  @Field(() => ID, { nullable: true, description: 'Who decided.' })
  @Column({ type: 'text', nullable: true })
  decidedBy: string | null;

  @Field(() => Instant, { nullable: true, description: 'When it was decided.' })
  @InstantColumn({ nullable: true })
  decidedAt: Date | null;

  @SealedColumn({ nullable: true })
  decisionReasonSealed: Sealed | null;

  @InstantColumn()
  createdAt: Date;
}
