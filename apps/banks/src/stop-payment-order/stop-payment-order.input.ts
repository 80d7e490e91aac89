import { notExecutedReasonWords } from '@lianfang/vocabulary';
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import type { NotExecutedReason } from './stop-payment-order.entity';

/** The reasons that a liaison may give; WITHDRAWN and ORDER_EXPIRED are the machine's. */
export enum DeclineReason {
  MISMATCH_NAME = 'MISMATCH_NAME',
  MISMATCH_ACCOUNT = 'MISMATCH_ACCOUNT',
  MISMATCH_AMOUNT = 'MISMATCH_AMOUNT',
  MISMATCH_TIME = 'MISMATCH_TIME',
  NOT_FOUND = 'NOT_FOUND',
  CLOSED = 'CLOSED',
  ALREADY_FROZEN = 'ALREADY_FROZEN',
  EXEMPT_ACCOUNT = 'EXEMPT_ACCOUNT',
  FUNDS_MOVED = 'FUNDS_MOVED',
  NOT_SUPPORTED = 'NOT_SUPPORTED',
  TECHNICAL = 'TECHNICAL',
}

// The enum is a part of what a message may say.
DeclineReason satisfies Record<string, NotExecutedReason>;

registerEnumType(DeclineReason, {
  name: 'DeclineReason',
  description: 'Why a bank does not execute; each is a lawful answer, not a failure.',
  valuesConfig: Object.fromEntries(Object.values(DeclineReason).map((reason) => [reason, { description: `${notExecutedReasonWords[reason].zh} · ${notExecutedReasonWords[reason].en}` }])),
});

/** What every action on one order names. */
@InputType({ description: 'The order, the version that was seen, and the key of this submission.' })
export class StopPaymentOrderInput {
  @Field(() => ID, { description: 'The order.' })
  readonly id: string;

  @Field(() => Int, { description: 'The version that the caller saw; refused when the order has changed since.' })
  readonly version: number;

  @Field(() => String, { description: 'Minted by the client per submission, 1 to 128 characters; a repeat with it changes nothing.' })
  readonly idempotencyKey: string;
}

/** Executes a stop by hand. */
@InputType({ description: 'Executes a stop by hand.' })
export class ExecuteStopPaymentInput extends StopPaymentOrderInput {
  @Field(() => Boolean, { defaultValue: false, description: 'The liaison has checked the holder by hand; needed when the order names none.' })
  readonly nameConfirmed: boolean;
}

/** Answers that the stop is not executed. */
@InputType({ description: 'Answers that the stop is not executed, and why.' })
export class DeclineStopPaymentInput extends StopPaymentOrderInput {
  @Field(() => DeclineReason, { description: 'The field that differs, or the reason.' })
  readonly reason: DeclineReason;

  @Field(() => String, { nullable: true, description: 'Business note, up to 500 characters; required for EXEMPT_ACCOUNT, NOT_SUPPORTED and TECHNICAL.' })
  readonly businessNote?: string | null;
}
