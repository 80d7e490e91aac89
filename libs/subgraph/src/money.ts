import { Directive, Field, ObjectType } from 'type-graphql';

/** An amount in answers; resolves from the vocabulary's `Money` (bigint fen) and from a message's (text) as they stand. */
@ObjectType({ description: 'An amount of money.' })
@Directive('@shareable')
export class Money {
  readonly fen: bigint | string;

  @Field(() => String, { name: 'fen', description: 'The amount in fen (分, 1/100 yuan): a decimal integer as text, so that no client rounds it. `1500000` is 15,000.00 yuan.' })
  fenAsText(): string {
    return this.fen.toString();
  }

  @Field(() => String, { description: 'ISO 4217 code, as in `CNY`.' })
  readonly currency: string;
}
