import { CodeColumn, IdColumn, InstantColumn, Sealed, SealedColumn } from '@lianfang/database';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';

/** An account that a bank has answered about, with the bank's own id for it. */
@ObjectType({ description: 'An account that a bank has answered about. The bank mints its id; the account number is never a key.' })
@Directive('@key(fields: "id")')
@Entity()
export class BankAccount {
  @Field(() => ID, { description: 'UUIDv7, minted by the bank with its first answer about the account.' })
  @IdColumn()
  id: string;

  @Field(() => String, { description: 'The bank or payment institution that keeps it, as in `B001`.' })
  @CodeColumn()
  institution: string;

  /** The core system's own opaque id. */
  @Column({ type: 'text' })
  coreRef: string;

  @SealedColumn()
  number: Sealed;

  @Field(() => String, { description: 'Last four characters of the number.' })
  @Column({ type: 'text' })
  lastFour: string;

  @SealedColumn()
  holderName: Sealed;

  @Field(() => String, { description: 'ISO 4217 code of the account, as in `CNY`.' })
  @CodeColumn()
  currency: string;

  @Field(() => String, { description: "The institution's own product name, as in `debit card`." })
  @Column({ type: 'text' })
  product: string;

  @Field(() => Date, { description: 'When the bank first answered about it.' })
  @InstantColumn()
  createdAt: Date;
}
