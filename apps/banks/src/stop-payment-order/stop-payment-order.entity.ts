import { CodeColumn, FenColumn, IdColumn, InstantColumn, Sealed, SealedColumn } from '@lianfang/database';
import { stopPaymentEnums, type notExecutedReasons, type StoppablePayeeKind, type stopPaymentKinds } from '@lianfang/vocabulary';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import type { FactMatch } from './four-facts.rules';
import { StopPaymentOrderStates } from './stop-payment-order-enums';
import type { StopPaymentOrderState } from './stop-payment-order.lifecycle';

/** Why an order was not executed, as in `MISMATCH_NAME`. */
export type NotExecutedReason = (typeof notExecutedReasons)[number];

/** One order of the police to stop payments on one account; its id is the id of the police's request. */
@ObjectType({ description: 'An order to stop payments on one account (止付指令), as the bank holds it. Its id is the id of the police request.' })
@Directive('@key(fields: "id")')
@Entity()
export class StopPaymentOrder {
  @Field(() => ID, { description: 'UUIDv7; the same as the request of the police.' })
  @IdColumn()
  id: string;

  @Field(() => StopPaymentOrderStates, { description: 'Where the order stands.' })
  @CodeColumn()
  state: StopPaymentOrderState;

  @Field(() => Int, { description: 'Counts every change; a mutation names the version it saw.' })
  @Column({ type: 'int' })
  version: number;

  @Field(() => String, { description: 'The bank or payment institution it is for, as in `B001`.' })
  @CodeColumn()
  institution: string;

  @Field(() => stopPaymentEnums.OrderChannel.codes, { description: 'NATIONAL: the legal instrument travels on the national platform; LOCAL: this order is it.' })
  @CodeColumn()
  channel: 'NATIONAL' | 'LOCAL';

  @Field(() => String, { nullable: true, description: "The national platform's application number (业务申请编号)." })
  @Column({ type: 'text', nullable: true })
  externalApplicationNumber: string | null;

  @Field(() => stopPaymentEnums.StopPaymentKind.codes, { description: "STOP: an account that took a victim's money. PROTECTIVE_HOLD: the victim's own account at the victim's wish; only holder and account are matched." })
  @CodeColumn()
  kind: (typeof stopPaymentKinds)[number];

  @Field(() => ID, { description: 'The case, as the purpose of a look names it.' })
  @Column({ type: 'uuid' })
  caseId: string;

  @Field(() => String, { description: 'Case number of the police.' })
  @Column({ type: 'text' })
  caseNumber: string;

  @Field(() => String, { description: 'Police organisation code of the unit that asks, 12 digits.' })
  @CodeColumn()
  askerUnit: string;

  @Field(() => String, { description: 'Name of the unit that asks.' })
  @Column({ type: 'text' })
  askerUnitName: string;

  @CodeColumn()
  askerRegion: string;

  @Field(() => String, { description: "The unit's 24-hour duty phone." })
  @Column({ type: 'text' })
  dutyPhone: string;

  @SealedColumn()
  operatorName: Sealed;

  @SealedColumn()
  approverName: Sealed;

  @Field(() => Int, { description: 'First or second stop by this unit on this account (86-5).' })
  @Column({ type: 'int' })
  ordinal: number;

  @Field(() => Int, { description: "1 for the account that received the victim's money, 2 for the next, …" })
  @Column({ type: 'int' })
  layer: number;

  @Field(() => Boolean, { description: 'Whether the whole account is asked to be receive-only; otherwise the amount below.' })
  @Column({ type: 'boolean' })
  wholeAccount: boolean;

  @FenColumn({ nullable: true })
  holdAmount: bigint | null;

  @Field(() => stopPaymentEnums.PayeeKind.codes, { nullable: true, description: 'What kind of payee it is, as in `MERCHANT`: then the number is of the order, merchant or wallet. Null when the order does not say; it names an account.' })
  @CodeColumn({ nullable: true })
  payeeKind: StoppablePayeeKind | null;

  @SealedColumn()
  accountNumber: Sealed;

  @Column({ type: 'bytea' })
  accountIndex: Buffer;

  @Column({ type: 'text' })
  accountLastFour: string;

  @SealedColumn({ nullable: true })
  holderName: Sealed | null;

  /** Null for a protective hold. */
  @FenColumn({ nullable: true })
  factAmount: bigint | null;

  /** ISO 4217 code of what the police say was transferred and ask to be held. */
  @CodeColumn()
  currency: string;

  @Field(() => Date, { nullable: true, description: 'When the money came in, as the police know it; null for a protective hold.' })
  @InstantColumn({ nullable: true })
  transferredAt: Date | null;

  @SealedColumn({ nullable: true })
  payerName: Sealed | null;

  @SealedColumn({ nullable: true })
  payerAccountNumber: Sealed | null;

  @Field(() => String, { nullable: true, description: 'Number of the legal document (文书字号).' })
  @Column({ type: 'text', nullable: true })
  legalDocumentNumber: string | null;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the legal document, 64 hex digits.' })
  @Column({ type: 'text', nullable: true })
  legalDocumentSha256: string | null;

  @Field(() => String, { nullable: true, description: "Number of the national platform's message that carried the legal document; null when it came with the order." })
  @Column({ type: 'text', nullable: true })
  externalMessageNumber: string | null;

  @Field(() => Date, { description: 'When the police approved it.' })
  @InstantColumn()
  orderedAt: Date;

  @Field(() => Date, { description: 'After this instant execution may no longer begin.' })
  @InstantColumn()
  validUntil: Date;

  @Field(() => Date, { description: 'When this bank accepted it.' })
  @InstantColumn()
  receivedAt: Date;

  @Field(() => Date, { description: 'When an answer is due; the inbox is ordered by it.' })
  @InstantColumn()
  answerDueAt: Date;

  @Column({ type: 'text', nullable: true })
  claimedBy: string | null;

  @Field(() => String, { nullable: true, description: 'Who holds the order now; null when nobody does.' })
  @Column({ type: 'text', nullable: true })
  claimedByName: string | null;

  @Field(() => Date, { nullable: true, description: 'Until when the claim lasts; then the order is free again.' })
  @InstantColumn({ nullable: true })
  leaseUntil: Date | null;

  @Column({ type: 'jsonb', nullable: true })
  facts: Readonly<Record<'account' | 'holderName' | 'amount' | 'time', FactMatch>> | null;

  @Column({ type: 'uuid', nullable: true })
  bankAccountId: string | null;

  @Field(() => stopPaymentEnums.StopExecution.codes, { nullable: true, description: 'STRAIGHT_THROUGH by the machine or BY_HAND; null before execution begins.' })
  @Column({ type: 'text', nullable: true })
  execution: 'STRAIGHT_THROUGH' | 'BY_HAND' | null;

  @Field(() => Date, { nullable: true, description: "When the hold began, by the core system's clock; the 48 hours count from here (86-3)." })
  @InstantColumn({ nullable: true })
  startedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the stop ends unless the police release it before (DL-02).' })
  @InstantColumn({ nullable: true })
  expiresAt: Date | null;

  @FenColumn({ nullable: true })
  heldAmount: bigint | null;

  @FenColumn({ nullable: true })
  balanceAmount: bigint | null;

  /** ISO 4217 code of what is held and of the balance, as the core system answered it; null before the account is stopped. */
  @CodeColumn({ nullable: true })
  heldCurrency: string | null;

  @Field(() => stopPaymentEnums.NotExecutedReason.codes, { nullable: true, description: 'Why it was not executed, as in `MISMATCH_NAME`; a lawful answer, not a failure.' })
  @Column({ type: 'text', nullable: true })
  notExecutedReason: NotExecutedReason | null;

  @Field(() => String, { nullable: true, description: 'Technical cause, when there is one.' })
  @Column({ type: 'text', nullable: true })
  technicalCause: string | null;

  @Field(() => String, { nullable: true, description: 'Business note of the liaison.' })
  @Column({ type: 'text', nullable: true })
  businessNote: string | null;

  @Field(() => Date, { nullable: true, description: 'When the answer was given.' })
  @InstantColumn({ nullable: true })
  answeredAt: Date | null;

  /** Set when a release order arrives while the core system is being called; obeyed as soon as the call ends. */
  @InstantColumn({ nullable: true })
  releaseOrderedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the hold of this order ended.' })
  @InstantColumn({ nullable: true })
  releasedAt: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether another stop still holds the account after this one ended.' })
  @Column({ type: 'boolean', nullable: true })
  stillStopped: boolean | null;

  /** When the machine has to work on this order next (match, hold, release); null when it need not. Doubles as a lease. */
  @InstantColumn({ nullable: true })
  coreDueAt: Date | null;

  @Column({ type: 'int' })
  coreAttempts: number;

  @InstantColumn()
  createdAt: Date;
}
