import { Refusal, Warning } from '@lianfang/subgraph';
import type { Refusal as RefusalValue, Warning as WarningValue } from '@lianfang/vocabulary';
import { Field, Int, ObjectType } from 'type-graphql';

/** A payee as a pasted row gives it, in the fields of `StopPaymentPayeeInput`. */
@ObjectType({ description: 'A payee as a pasted row gives it, as typed: the fields of `StopPaymentPayeeInput`. It is stored nowhere, and only goes back to whoever pasted it.' })
export class StopPaymentRowPayee {
  @Field(() => String, { description: 'Kind of payee, as in `BANK_CARD`; by the institution where the row says nothing.' })
  readonly kind: string;

  @Field(() => String, { description: 'Account number as typed.' })
  readonly accountNumber: string;

  @Field(() => String, { nullable: true, description: "The holder's name." })
  readonly holderName: string | null;

  @Field(() => Boolean, { description: 'Whether the row says that the name is unknown (`未知`).' })
  readonly nameUnknown: boolean;

  @Field(() => String, { description: 'Amount in yuan as typed.' })
  readonly amount: string;

  @Field(() => String, { description: 'Time of the transfer as typed.' })
  readonly transferredAt: string;

  @Field(() => Int, { nullable: true, description: 'Layer, 1 when the row says nothing.' })
  readonly layer: number | null;
}

/** One pasted row. */
@ObjectType({ description: 'One pasted row: what was read from it, or why not.' })
export class StopPaymentRow {
  @Field(() => Int, { description: 'Its line in the pasted text, 1 for the first.' })
  readonly line: number;

  @Field(() => [String], { description: 'Its cells as they were pasted.' })
  readonly cells: readonly string[];

  @Field(() => StopPaymentRowPayee, { description: 'What was read; propose it as it is when nothing is refused.' })
  readonly payee: StopPaymentRowPayee;

  @Field(() => String, { nullable: true, description: 'The institution of the row as typed; left out, it is found from the number.' })
  readonly institution: string | null;

  @Field(() => String, { nullable: true, description: "The institution by the number's prefix." })
  readonly institutionFound: string | null;

  @Field(() => [Refusal], { description: 'Why it cannot be proposed, with row and column as in `rows.7.amount`; empty when it can.' })
  readonly refusals: readonly RefusalValue[];

  @Field(() => [Warning], { description: 'What is doubtful but allowed.' })
  readonly warnings: readonly WarningValue[];
}

/** A pasted table, read but not proposed. */
@ObjectType({ description: 'A table pasted from a sheet, read row by row; nothing is stored or proposed.' })
export class StopPaymentRows {
  @Field(() => [StopPaymentRow], { description: 'Every row, in the order of the text.' })
  readonly rows: readonly StopPaymentRow[];

  @Field(() => [String], { description: 'Titles of columns that nothing was read from.' })
  readonly ignoredColumns: readonly string[];
}
