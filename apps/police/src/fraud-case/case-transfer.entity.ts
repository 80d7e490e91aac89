import { CodeColumn, FenColumn, IdColumn, InstantColumn, Sealed, SealedColumn } from '@lianfang/database';
import { Instant } from '@lianfang/subgraph';
import type { AccountClass, FundDestination, PayeeKind, TransferChannel } from '@lianfang/vocabulary';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { PayeeKinds } from './payee-kind-enum';

/** One transfer of a victim's money. A correction is a new row that names the row it corrects. */
@ObjectType({ description: "One transfer of a victim's money to one payee." })
@Entity()
export class CaseTransfer {
  @Field(() => ID, { description: 'Opaque id.' })
  @IdColumn()
  id: string;

  @Column({ type: 'uuid' })
  caseId: string;

  @Field(() => Int, { description: 'Its place in the case, from 1.' })
  @Column({ type: 'integer' })
  position: number;

  @Field(() => ID, { nullable: true, description: 'The transfer that this one corrects.' })
  @Column({ type: 'uuid', nullable: true })
  correctsId: string | null;

  /** The holder of the paying account, a person of the case. */
  @Column({ type: 'uuid', nullable: true })
  payerPersonId: string | null;

  @SealedColumn({ nullable: true })
  payerNumberSealed: Sealed | null;

  /** Blind index, purpose `account-number`. */
  @Column({ type: 'bytea', nullable: true })
  payerIndex: Buffer | null;

  @Field(() => String, { nullable: true, description: 'Last four characters of the paying account.' })
  @Column({ type: 'text', nullable: true })
  payerLastFour: string | null;

  @Field(() => String, { nullable: true, description: "The paying account's institution, a code of the directory." })
  @Column({ type: 'text', nullable: true })
  payerInstitution: string | null;

  @Field(() => PayeeKinds, { description: 'What kind of payee it is, as in `BANK_CARD`; it says who can stop it, if anybody.' })
  @CodeColumn()
  payeeKind: PayeeKind;

  /** Account, wallet, merchant, order or address; for cash and gold what was handed over where. */
  @SealedColumn()
  payeeNumberSealed: Sealed;

  /** Blind index, purpose `account-number`; null for cash and gold. */
  @Column({ type: 'bytea', nullable: true })
  payeeIndex: Buffer | null;

  @Field(() => String, { nullable: true, description: 'Last four characters of the payee; null for cash and gold.' })
  @Column({ type: 'text', nullable: true })
  payeeLastFour: string | null;

  @Field(() => String, { nullable: true, description: "Class of the payee's bank account: I, II or III; null while unknown." })
  @CodeColumn({ nullable: true })
  payeeAccountClass: AccountClass | null;

  @Field(() => String, { nullable: true, description: 'Chain of a chain address, as in `TRON`.' })
  @CodeColumn({ nullable: true })
  payeeChain: string | null;

  @Field(() => String, { nullable: true, description: 'Transaction hash on that chain.' })
  @Column({ type: 'text', nullable: true })
  payeeTransaction: string | null;

  /** Null while the holder's name is unknown. */
  @SealedColumn({ nullable: true })
  payeeHolderNameSealed: Sealed | null;

  @Field(() => String, { nullable: true, description: "The payee's institution as stated, a code of the directory; null while unknown." })
  @Column({ type: 'text', nullable: true })
  payeeInstitution: string | null;

  @FenColumn()
  amountFen: bigint;

  @Column({ type: 'text' })
  currency: string;

  @Field(() => Instant, { description: 'When the money was sent, to the second.' })
  @InstantColumn()
  transferredAt: Date;

  @Field(() => String, { description: 'How it was sent, as in `MOBILE_BANKING`.' })
  @CodeColumn()
  channel: TransferChannel;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the voucher, 64 hexadecimal characters.' })
  @Column({ type: 'text', nullable: true })
  voucherHash: string | null;

  @Field(() => String, { description: 'Bucket of S-3, derived from the kind of payee.' })
  @CodeColumn()
  fundDestination: FundDestination;

  @Field(() => Int, { description: '1 receives from the victim (一级), 2 from level 1, and so on (L4.A).' })
  @Column({ type: 'integer' })
  accountLevel: number;

  @Field(() => Boolean, { description: 'Whether the amount counts as a loss; an attempt that failed does not.' })
  @Column({ type: 'boolean' })
  isLoss: boolean;

  @Column({ type: 'text' })
  unitCode: string;

  @Column({ type: 'text' })
  regionCode: string;

  @InstantColumn()
  createdAt: Date;
}
