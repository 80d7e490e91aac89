import { Field, ID, InputType, Int } from 'type-graphql';
import { AppealDecision, AppealStates } from './appeal-codes';
import type { AppealState } from './appeal.lifecycle';

const key = { description: 'Minted by the client, 1 to 128 characters; a repeat changes nothing.' };

/** A document that comes with an appeal. */
@InputType({ description: 'A document that comes with an appeal.' })
export class AppealMaterialInput {
  @Field(() => String, { description: 'What it is, up to 200 characters.' })
  title: string;

  @Field(() => String, { description: 'SHA-256 of the file, 64 hexadecimal characters.' })
  sha256: string;
}

/** An appeal as it is taken down. */
@InputType({ description: 'An appeal of the affected person against a stop.' })
export class FileAppealInput {
  @Field(() => String, key)
  idempotencyKey: string;

  @Field(() => ID, { description: 'The stop.' })
  requestId: string;

  @Field(() => String, { description: "The appellant's name; a person or an organisation." })
  appellantName: string;

  @Field(() => String, { description: 'Phone under which the appellant is told of the decision.' })
  appellantPhone: string;

  @Field(() => String, { description: 'Why the stop is wrong, up to 2,000 characters.' })
  reason: string;

  @Field(() => [AppealMaterialInput], { description: 'What was handed in, at most 50; may be empty.' })
  materials: AppealMaterialInput[];
}

/** The decision of an appeal. */
@InputType({ description: 'The decision of an appeal, by a leader who neither proposed nor approved the stop.' })
export class DecideAppealInput {
  @Field(() => String, key)
  idempotencyKey: string;

  @Field(() => ID, { description: 'The appeal.' })
  appealId: string;

  @Field(() => Int, { description: 'The version of the appeal that was seen.' })
  version: number;

  @Field(() => AppealDecision, { description: 'What is decided.' })
  decision: AppealDecision;

  @Field(() => String, { description: 'Why, up to 2,000 characters.' })
  reason: string;
}

/** What a list of appeals is narrowed to. */
@InputType({ description: 'What the list is narrowed to; what is left out does not narrow.' })
export class AppealFilter {
  @Field(() => AppealStates, { nullable: true, description: 'Only in this state.' })
  state?: AppealState | null;

  @Field(() => ID, { nullable: true, description: 'Only against this stop.' })
  requestId?: string | null;
}
