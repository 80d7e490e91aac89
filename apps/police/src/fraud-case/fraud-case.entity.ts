import { CodeColumn, FenColumn, IdColumn, InstantColumn, Sealed, SealedColumn } from '@lianfang/database';
import { Instant } from '@lianfang/subgraph';
import { codesOf, type ChainCode, type ContactMode, type CrimeType, type FraudChannel, type FraudVector, type Messenger, type PersonalInformationSource, type ReportChannel, type SourcePlatform, type Warning } from '@lianfang/vocabulary';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { FormState, formStateDescriptions, Receipt, receiptDescriptions } from './case-codes';
import { fraudCaseLifecycle, type FraudCaseState } from './fraud-case.lifecycle';

/** The states as an enum of the schema; the list itself is the lifecycle's. */
export const FraudCaseStates = codesOf(fraudCaseLifecycle.states);

registerEnumType(FraudCaseStates, {
  name: 'FraudCaseState',
  description: 'Where a fraud case stands: 接报 → 受案 → 立案.',
  valuesConfig: {
    REPORTED: { description: '已接报: reported, nothing decided.' },
    ACCEPTED: { description: '已受案: accepted, the receipt was handed over.' },
    VERIFYING: { description: '调查核实: the facts are unclear; no freeze is allowed.' },
    CASE_OPENED: { description: '已立案: opened by a leader; freezes are allowed.' },
    NOT_OPENED: { description: '不予立案: not opened; the notice goes out within three days (DL-11).' },
    MERGED: { description: '已并案: carried on in another case.' },
  },
});
registerEnumType(FormState, { name: 'ApplicationFormState', description: 'Where the signed application form 紧急止付申请表 of a case stands.', valuesConfig: formStateDescriptions });
registerEnumType(Receipt, { name: 'Receipt', description: 'What became of the acceptance receipt 受案回执.', valuesConfig: receiptDescriptions });

/** A fraud that was reported, from the report to the decision on it. Persons, transfers and leads stand in rows of their own. */
@ObjectType({ description: 'A fraud that was reported to the police: from the report to the decision whether a case is opened.' })
@Directive('@key(fields: "id")')
@Entity()
export class FraudCase {
  @Field(() => ID, { description: 'Opaque id (UUIDv7).' })
  @IdColumn()
  id: string;

  @Field(() => String, { description: 'A, unit (12 digits), year and month, running number: as in `A110105990000202605000001`.' })
  @Column({ type: 'text' })
  caseNumber: string;

  @Field(() => FraudCaseStates, { description: 'Where the case stands.' })
  @CodeColumn()
  state: FraudCaseState;

  @Field(() => Int, { description: 'Grows with every change; give the one you saw with every action that moves the case.' })
  @Column({ type: 'integer' })
  version: number;

  @Field(() => String, { description: 'The police unit in charge, 12 digits.' })
  @Column({ type: 'text' })
  unitCode: string;

  @Field(() => String, { description: "The unit's region, GB/T 2260, 6 digits." })
  @Column({ type: 'text' })
  regionCode: string;

  @Field(() => String, { description: 'By which door the report came in, as in `HOTLINE_110`.' })
  @CodeColumn()
  reportChannel: ReportChannel;

  @Field(() => String, { nullable: true, description: 'Number of the 110 or 96110 incident 警情编号.' })
  @Column({ type: 'text', nullable: true })
  incidentNumber: string | null;

  @Field(() => String, { nullable: true, description: 'Number of the call recording, when the report was taken by phone.' })
  @Column({ type: 'text', nullable: true })
  recordingNumber: string | null;

  @Field(() => Boolean, { description: 'Whether the reporter read the id number out on the recorded line.' })
  @Column({ type: 'boolean' })
  idReadOut: boolean;

  @Field(() => Instant, { nullable: true, description: 'When the fraud became known as an incident, apart from report, acceptance and transfers.' })
  @InstantColumn({ nullable: true })
  incidentAt: Date | null;

  @Field(() => Instant, { description: 'When it was reported; lists are ordered by it.' })
  @InstantColumn()
  reportedAt: Date;

  @Field(() => Instant, { nullable: true, description: 'When it was accepted 受案.' })
  @InstantColumn({ nullable: true })
  acceptedAt: Date | null;

  @Field(() => Receipt, { nullable: true, description: 'What became of the acceptance receipt.' })
  @CodeColumn({ nullable: true })
  receipt: Receipt | null;

  @Field(() => Instant, { nullable: true, description: 'Until when the first stop-payment request should be entered: 30 minutes after acceptance (DL-01).' })
  @InstantColumn({ nullable: true })
  entryDueAt: Date | null;

  @Field(() => Instant, { nullable: true, description: 'When it was decided to open the case 立案, or not to.' })
  @InstantColumn({ nullable: true })
  decidedAt: Date | null;

  @Field(() => Instant, { nullable: true, description: 'When the case was opened 立案.' })
  @InstantColumn({ nullable: true })
  caseOpenedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Number of the decision to open 立案决定书.' })
  @Column({ type: 'text', nullable: true })
  openingDocumentNumber: string | null;

  @Field(() => String, { nullable: true, description: 'Number of the notice that no case is opened 不予立案通知书.' })
  @Column({ type: 'text', nullable: true })
  notOpeningDocumentNumber: string | null;

  /** The case that carries this one on. */
  @Column({ type: 'uuid', nullable: true })
  mergedIntoId: string | null;

  @Field(() => Instant, { nullable: true, description: 'When the fraudster first made contact.' })
  @InstantColumn({ nullable: true })
  firstContactAt: Date | null;

  @Field(() => String, { description: 'How the fraud reached the victim, one primary value: NETWORK, PHONE or SMS (S-1).' })
  @CodeColumn()
  channel: FraudChannel;

  @Field(() => String, { description: 'By what it was done, one primary value: FAKE_WEBSITE, FRAUD_APP or OTHER (S-5).' })
  @CodeColumn()
  vector: FraudVector;

  @Field(() => String, { nullable: true, description: 'Where the victim was first met, P01 to P11 (L1.P).' })
  @CodeColumn({ nullable: true })
  platform: SourcePlatform | null;

  @Field(() => String, { nullable: true, description: 'The messenger, where it was one: WECHAT, QQ or MINOR (S-4).' })
  @CodeColumn({ nullable: true })
  messenger: Messenger | null;

  @Field(() => String, { description: 'Primary crime type, T01 to T99.' })
  @CodeColumn()
  crimeType: CrimeType;

  @Field(() => [String], { description: 'Secondary crime types.' })
  @Column({ type: 'text', array: true })
  secondaryCrimeTypes: CrimeType[];

  @Field(() => [String], { description: 'Chain codes L1 to L4; the first way of leading (L1) is the primary one.' })
  @Column({ type: 'text', array: true })
  chainCodes: ChainCode[];

  @Field(() => String, { nullable: true, description: 'How the victim was picked: M1 wide net, M2 half-wide, M3 precise.' })
  @CodeColumn({ nullable: true })
  contactMode: ContactMode | null;

  @Field(() => String, { description: 'Where the personal information had leaked from (反诈法 29); UNKNOWN until found.' })
  @CodeColumn()
  personalInformationSource: PersonalInformationSource;

  /** What happened, in the reporter's words. */
  @SealedColumn()
  narrativeSealed: Sealed;

  /** Sum of the transfers that are a loss, in fen. */
  @FenColumn()
  lossFen: bigint;

  /** What was tried but not lost, in fen. */
  @FenColumn()
  attemptedFen: bigint;

  @Column({ type: 'text' })
  currency: string;

  @Field(() => Boolean, { description: 'The phone is remotely controlled: no SMS, code or status goes to it.' })
  @Column({ type: 'boolean' })
  phoneControlled: boolean;

  @Field(() => Boolean, { description: 'Calls are forwarded: nothing may be confirmed by calling that phone.' })
  @Column({ type: 'boolean' })
  callsForwarded: boolean;

  @Field(() => Boolean, { description: 'The screen is shared: what is sent to the phone is seen by the fraudster.' })
  @Column({ type: 'boolean' })
  screenShared: boolean;

  @Field(() => Boolean, { description: 'A minor is concerned: the contact is the guardian, never the child.' })
  @Column({ type: 'boolean' })
  concernsMinor: boolean;

  @Field(() => FormState, { description: 'Where the application form stands.' })
  @CodeColumn()
  formState: FormState;

  @Field(() => Instant, { nullable: true, description: 'Until when the form must be signed, in the phone lane.' })
  @InstantColumn({ nullable: true })
  formDueAt: Date | null;

  @Field(() => Instant, { nullable: true, description: 'When the form was signed.' })
  @InstantColumn({ nullable: true })
  formSignedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the signed form, 64 hexadecimal characters.' })
  @Column({ type: 'text', nullable: true })
  formHash: string | null;

  @Field(() => String, { description: 'Version of the privacy notice that the reporter was shown.' })
  @Column({ type: 'text' })
  noticeVersion: string;

  @Field(() => Boolean, { description: 'Whether the reporter declared to bear the loss of a false report (86-10).' })
  @Column({ type: 'boolean' })
  liabilityDeclared: boolean;

  /** Doubts that did not refuse; shown with their sentences. */
  @Column({ type: 'jsonb' })
  storedWarnings: Warning[];

  /** Who took the report, who accepted and who decided: ids of persons. */
  @Column({ type: 'text' })
  reportedById: string;

  @Column({ type: 'text', nullable: true })
  acceptedById: string | null;

  @Column({ type: 'text', nullable: true })
  decidedById: string | null;

  @InstantColumn()
  createdAt: Date;
}

/** Where a case belongs: what decides about scope and visibility. */
export const targetOf = ({ unitCode, regionCode }: Pick<FraudCase, 'unitCode' | 'regionCode'>) => ({ unit: unitCode, region: regionCode });
