import { Field, ID, InputType } from 'type-graphql';

/** One account of a victim. */
@InputType({ description: "One of the victim's own accounts." })
export class ProtectiveHoldAccountInput {
  @Field(() => String, { description: 'Account number as typed.' })
  accountNumber: string;

  @Field(() => String, { nullable: true, description: "The institution's code; found from the number's prefix when left out." })
  institution?: string | null;
}

/** A protective hold. */
@InputType({ description: "A protective hold (保护性止付) of the victim's own accounts, whole, at the victim's wish." })
export class RequestProtectiveHoldInput {
  @Field(() => String, { description: 'Minted by the client, 1 to 128 characters; a repeat changes nothing.' })
  idempotencyKey: string;

  @Field(() => ID, { description: 'The case, accepted.' })
  caseId: string;

  @Field(() => [ProtectiveHoldAccountInput], { nullable: true, description: 'The accounts to protect; every account from which the victim paid when left out.' })
  accounts?: ProtectiveHoldAccountInput[] | null;

  @Field(() => Boolean, { description: "That the holder, or a minor's guardian, asked for it." })
  askedByHolder: boolean;

  @Field(() => String, { nullable: true, description: "What is to be known beside the holder's wish." })
  reason?: string | null;
}
