import { Refusal } from '@lianfang/subgraph';
import type { Refusal as RefusalValue } from '@lianfang/vocabulary';
import { Field, Int, ObjectType } from 'type-graphql';
import { StopPaymentRequest } from './stop-payment-request.entity';

/** A row of a proposal that was refused. */
@ObjectType({ description: 'A row of a proposal that was refused while others were accepted: correct it and propose it again.' })
export class RefusedStopPaymentItem {
  @Field(() => Int, { description: 'Its place in the proposal, 0 first.' })
  readonly position: number;

  @Field(() => [Refusal], { description: 'Why, with paths as in `items.3.payee.amount`.' })
  readonly refusals: readonly RefusalValue[];
}

/** The requests of a batch that go to one institution. */
@ObjectType({ description: 'The requests of a batch that go to one institution.' })
export class StopPaymentInstitutionGroup {
  @Field(() => String, { description: 'The institution, a code of the directory.' })
  readonly institution: string;

  @Field(() => String, { nullable: true, description: 'Its Chinese name, where the directory knows it.' })
  readonly institutionName: string | null;

  @Field(() => [StopPaymentRequest], { description: 'Its requests, in the order of the proposal.' })
  readonly requests: readonly StopPaymentRequest[];
}
