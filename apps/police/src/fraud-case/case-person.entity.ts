import { CodeColumn, IdColumn, InstantColumn, Sealed, SealedColumn } from '@lianfang/database';
import type { IdKind } from '@lianfang/vocabulary';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { ContactRelation, contactRelationDescriptions, PersonPart, personPartDescriptions } from './case-codes';

registerEnumType(PersonPart, { name: 'PersonPart', description: 'Whom of a case a person is; one person may be several.', valuesConfig: personPartDescriptions });
registerEnumType(ContactRelation, { name: 'ContactRelation', description: 'Who is called or written to instead of the person.', valuesConfig: contactRelationDescriptions });

/** A person of a case: reporter, deceived person, holder of the paying account. Personal data are sealed and shown as disclosures. */
@ObjectType({ description: 'A person (or organisation) of a case: reporter, deceived person, holder of the paying account.' })
@Entity()
export class CasePerson {
  @Field(() => ID, { description: 'Opaque id.' })
  @IdColumn()
  id: string;

  @Column({ type: 'uuid' })
  caseId: string;

  @Field(() => [PersonPart], { description: 'Whom of the case this person is.' })
  @Column({ type: 'text', array: true })
  parts: PersonPart[];

  @SealedColumn()
  nameSealed: Sealed;

  @Field(() => String, { nullable: true, description: 'Kind of the document of identity, as in `CITIZEN_ID`; SOCIAL_CREDIT_CODE for an organisation; null while unknown.' })
  @CodeColumn({ nullable: true })
  idKind: IdKind | 'SOCIAL_CREDIT_CODE' | null;

  @SealedColumn({ nullable: true })
  idNumberSealed: Sealed | null;

  /** Blind index, purpose `id-number`. */
  @Column({ type: 'bytea', nullable: true })
  idIndex: Buffer | null;

  @SealedColumn({ nullable: true })
  phoneSealed: Sealed | null;

  /** Blind index, purpose `phone`. */
  @Column({ type: 'bytea', nullable: true })
  phoneIndex: Buffer | null;

  @Field(() => String, { nullable: true, description: 'MALE or FEMALE, from the citizen id or as typed.' })
  @CodeColumn({ nullable: true })
  sex: 'MALE' | 'FEMALE' | null;

  /** As in `1949-12-31`. */
  @SealedColumn({ nullable: true })
  birthDateSealed: Sealed | null;

  @Field(() => Int, { nullable: true, description: 'Year of birth.' })
  @Column({ type: 'integer', nullable: true })
  birthYear: number | null;

  @Field(() => String, { nullable: true, description: 'Occupation, as told.' })
  @Column({ type: 'text', nullable: true })
  occupation: string | null;

  @Field(() => String, { nullable: true, description: 'Region of residence, GB/T 2260, 6 digits.' })
  @Column({ type: 'text', nullable: true })
  homeRegion: string | null;

  @Field(() => Boolean, { description: 'An organisation, identified by its unified social credit code.' })
  @Column({ type: 'boolean' })
  isOrganisation: boolean;

  @Field(() => Boolean, { description: 'Under 18 at the time of the report: the contact is the guardian, never the child.' })
  @Column({ type: 'boolean' })
  isMinor: boolean;

  @Field(() => Boolean, { description: 'Known to have died: the contact is who acts for the estate.' })
  @Column({ type: 'boolean' })
  isDeceased: boolean;

  @Field(() => ContactRelation, { nullable: true, description: 'Who is to be contacted instead; null when nobody was named.' })
  @CodeColumn({ nullable: true })
  contactRelation: ContactRelation | null;

  @SealedColumn({ nullable: true })
  contactNameSealed: Sealed | null;

  @SealedColumn({ nullable: true })
  contactPhoneSealed: Sealed | null;

  /** Blind index, purpose `phone`. */
  @Column({ type: 'bytea', nullable: true })
  contactPhoneIndex: Buffer | null;

  @Field(() => String, { nullable: true, description: "Kind of the agent's document of identity, as in `CITIZEN_ID`; null where no agent showed one." })
  @CodeColumn({ nullable: true })
  contactIdKind: IdKind | null;

  @SealedColumn({ nullable: true })
  contactIdNumberSealed: Sealed | null;

  /** What authorises the agent, as in the number and date of the letter. */
  @SealedColumn({ nullable: true })
  contactAuthorisationSealed: Sealed | null;

  @Column({ type: 'text' })
  unitCode: string;

  @Column({ type: 'text' })
  regionCode: string;

  @InstantColumn()
  createdAt: Date;
}
