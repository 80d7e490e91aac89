import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** The bank's order behind a request, as the banks' subgraph knows it: same id, before any answer. */
@ObjectType({ description: "The bank's order behind a request; the banks' subgraph fills it." })
@Directive('@key(fields: "id", resolvable: false)')
export class StopPaymentOrder {
  @Field(() => ID, { description: "The order's id: the request's." })
  readonly id: string;
}

/** The account at the bank, as the banks' subgraph knows it. */
@ObjectType({ description: "An account at a bank; the banks' subgraph fills it." })
@Directive('@key(fields: "id", resolvable: false)')
export class BankAccount {
  @Field(() => ID, { description: 'Minted by the bank with its first answer.' })
  readonly id: string;
}
