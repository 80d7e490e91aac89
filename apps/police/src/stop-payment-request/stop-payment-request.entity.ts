import { CodeColumn, FenColumn, IdColumn, InstantColumn, Sealed, SealedColumn } from '@lianfang/database';
import { Instant } from '@lianfang/subgraph';
import type { PayeeKind, Warning } from '@lianfang/vocabulary';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { CaseRequest } from '../case-request/case-request.entity';
import { PayeeKinds } from '../fraud-case/payee-kind-enum';
import { Execution, InstitutionSource, NotExecutedReason, OrderChannel, ReleaseCause, ReleaseReason, StopPaymentKind } from './stop-payment-codes';
import './stop-payment-enums';
import type { StopPaymentRequestState } from './stop-payment-request.lifecycle';

/** A stop-payment of one account (紧急止付): the police's record of it. Its id is the id of the order that the bank receives. */
@ObjectType({ implements: CaseRequest, description: "A stop-payment of one account (紧急止付): the police's record. Its id is the id of the bank's order." })
@Directive('@key(fields: "id")')
@Entity()
export class StopPaymentRequest extends CaseRequest {
  @IdColumn()
  override id: string;

  @Field(() => ID, { description: 'The batch in which it was proposed and decided.' })
  @Column({ type: 'uuid' })
  batchId: string;

  @Field(() => ID, { description: 'The case it belongs to.' })
  @Column({ type: 'uuid' })
  caseId: string;

  @Field(() => ID, { nullable: true, description: 'The transfer of the case whose payee is stopped; null when the payee was typed or followed.' })
  @Column({ type: 'uuid', nullable: true })
  transferId: string | null;

  @Field(() => ID, { nullable: true, description: 'The request whose outflow led here.' })
  @Column({ type: 'uuid', nullable: true })
  parentRequestId: string | null;

  @Field(() => ID, { nullable: true, description: 'The request that was not executed and that this one corrects.' })
  @Column({ type: 'uuid', nullable: true })
  correctsId: string | null;

  @Field(() => ID, { nullable: true, description: 'The stop that this one follows on the same account (再次止付).' })
  @Column({ type: 'uuid', nullable: true })
  previousStopId: string | null;

  @Field(() => String, { description: 'The police unit in charge, 12 digits.' })
  @Column({ type: 'text' })
  unitCode: string;

  @Field(() => String, { description: "The unit's region, GB/T 2260, 6 digits." })
  @Column({ type: 'text' })
  regionCode: string;

  @Field(() => Int, { description: "Whether it is the unit's first or second stop of this account (86-5): 1 or 2." })
  @Column({ type: 'integer' })
  ordinal: number;

  @Field(() => Int, { description: "1 for the account that took the victim's money, 2 for the next, …" })
  @Column({ type: 'integer' })
  layer: number;

  @CodeColumn()
  override state: StopPaymentRequestState;

  @Field(() => Int, { description: 'Grows with every move; give the one you saw with every action.' })
  @Column({ type: 'integer' })
  version: number;

  @Field(() => String, { description: 'The head office or payment institution that is asked, as in `B001`.' })
  @Column({ type: 'text' })
  institution: string;

  @Field(() => InstitutionSource, { description: 'From where the institution is known.' })
  @CodeColumn()
  institutionSource: InstitutionSource;

  @Field(() => OrderChannel, { description: 'Which way the legal instrument goes.' })
  @CodeColumn()
  channel: OrderChannel;

  @Field(() => String, { nullable: true, description: 'Application number of the national platform (业务申请编号), up to 36 characters.' })
  @Column({ type: 'text', nullable: true })
  externalApplicationNumber: string | null;

  @Field(() => StopPaymentKind, { description: 'What it is for. A protective hold has no transfer, and does not count towards the two stops.' })
  @CodeColumn()
  kind: StopPaymentKind;

  @Field(() => Boolean, { description: 'Whether the whole account is asked for (receive only), or an amount.' })
  @Column({ type: 'boolean' })
  wholeAccount: boolean;

  /** The amount asked for, in fen; null for the whole account. */
  @FenColumn({ nullable: true })
  amountFen: bigint | null;

  @Column({ type: 'text' })
  currency: string;

  @Field(() => PayeeKinds, { description: 'What kind of payee it is, as in `BANK_CARD`.' })
  @CodeColumn()
  payeeKind: PayeeKind;

  @SealedColumn()
  accountNumberSealed: Sealed;

  /** Blind index of the account number, purpose `account-number`. */
  @Column({ type: 'bytea' })
  accountIndex: Buffer;

  @Field(() => String, { description: 'Last four characters of the account number.' })
  @Column({ type: 'text' })
  accountLastFour: string;

  /** Null is the explicit sub-state "name unknown": the bank matches the other three facts. */
  @SealedColumn({ nullable: true })
  holderNameSealed: Sealed | null;

  /** The transfer's amount, in fen: one of the four facts. Null for a protective hold. */
  @FenColumn({ nullable: true })
  factFen: bigint | null;

  @Field(() => Instant, { nullable: true, description: 'When the transfer was made: one of the four facts. Null for a protective hold.' })
  @InstantColumn({ nullable: true })
  transferredAt: Date | null;

  @SealedColumn({ nullable: true })
  payerNameSealed: Sealed | null;

  @SealedColumn({ nullable: true })
  payerAccountSealed: Sealed | null;

  /** Whether the approval needs a reason, because another unit has a stop on the account. */
  @Column({ type: 'boolean' })
  sharedWithOtherUnit: boolean;

  @Field(() => String, { nullable: true, description: 'Number of the legal document (止付文书), issued in the case system.' })
  @Column({ type: 'text', nullable: true })
  legalDocumentNumber: string | null;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the legal document, 64 hexadecimal characters.' })
  @Column({ type: 'text', nullable: true })
  legalDocumentHash: string | null;

  @Field(() => String, { nullable: true, description: 'Number of the message of the national platform that carried the legal document (传输报文流水号), up to 53 characters.' })
  @Column({ type: 'text', nullable: true })
  externalMessageNumber: string | null;

  @Field(() => Instant, { nullable: true, description: 'When it was approved and the signed order was handed to the exchange.' })
  @InstantColumn({ nullable: true })
  orderedAt: Date | null;

  @Field(() => Instant, { nullable: true, description: 'Until when the bank may begin to execute.' })
  @InstantColumn({ nullable: true })
  validUntil: Date | null;

  @Field(() => Instant, { nullable: true, description: 'When the signed receipt of the order came.' })
  @InstantColumn({ nullable: true })
  receivedAt: Date | null;

  @Field(() => Instant, { nullable: true, description: "When the stop began, by the core system's own time (86-3)." })
  @InstantColumn({ nullable: true })
  startedAt: Date | null;

  @Field(() => Instant, { nullable: true, description: 'When it ends: 48 hours after the start (DL-02).' })
  @InstantColumn({ nullable: true })
  expiresAt: Date | null;

  /** What the hold keeps, in fen. */
  @FenColumn({ nullable: true })
  heldFen: bigint | null;

  /** The balance when the stop began, in fen. */
  @FenColumn({ nullable: true })
  balanceFen: bigint | null;

  /** ISO 4217 code of what is held and of the balance, by the bank's answer. */
  @CodeColumn({ nullable: true })
  heldCurrency: string | null;

  @Field(() => Execution, { nullable: true, description: 'How the bank carried it out.' })
  @CodeColumn({ nullable: true })
  execution: Execution | null;

  @Column({ type: 'uuid', nullable: true })
  bankAccountId: string | null;

  @Field(() => NotExecutedReason, { nullable: true, description: 'Why the bank did not execute: the field that differs, or the reason. A lawful answer.' })
  @CodeColumn({ nullable: true })
  notExecutedReason: NotExecutedReason | null;

  @Field(() => String, { nullable: true, description: "The bank's technical cause, where there was one." })
  @Column({ type: 'text', nullable: true })
  technicalCause: string | null;

  /** The bank's note; free text may name persons. */
  @SealedColumn({ nullable: true })
  businessNoteSealed: Sealed | null;

  @Field(() => Instant, { nullable: true, description: 'When the bank decided not to execute.' })
  @InstantColumn({ nullable: true })
  declinedAt: Date | null;

  @Field(() => ReleaseReason, { nullable: true, description: 'Why the police ended it.' })
  @CodeColumn({ nullable: true })
  releaseReason: ReleaseReason | null;

  @Field(() => Instant, { nullable: true, description: 'When the release was ordered.' })
  @InstantColumn({ nullable: true })
  releaseOrderedAt: Date | null;

  @Field(() => Instant, { nullable: true, description: 'When the hold ended, by the bank; until then nobody is told that the account is open (practice C).' })
  @InstantColumn({ nullable: true })
  releaseConfirmedAt: Date | null;

  @Field(() => ReleaseCause, { nullable: true, description: 'What ended the hold.' })
  @CodeColumn({ nullable: true })
  releaseCause: ReleaseCause | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether another stop still held the account when this one ended.' })
  @Column({ type: 'boolean', nullable: true })
  stillStopped: boolean | null;

  @Field(() => Boolean, { description: 'Whether the bank knows more outflows than it listed.' })
  @Column({ type: 'boolean' })
  outflowsTruncated: boolean;

  /** Doubts that did not refuse; shown with their sentences. */
  @Column({ type: 'jsonb' })
  storedWarnings: Warning[];

  @Field(() => Instant, { description: 'When it was proposed; lists are ordered by it.' })
  @InstantColumn()
  createdAt: Date;
}

/** Where a request or a batch belongs: what decides about scope and visibility. */
export const targetOf = ({ unitCode, regionCode }: { readonly unitCode: string; readonly regionCode: string }) => ({ unit: unitCode, region: regionCode });
