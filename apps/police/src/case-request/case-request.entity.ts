import { ActionAvailability, Instant } from '@lianfang/subgraph';
import { Field, ID, InterfaceType } from 'type-graphql';

/**
 * What every kind of request on a case has, so that one clock board shows them all: stop-payments now, freezes and inquiries later.
 * An interface over police types only.
 */
@InterfaceType({ description: 'A request on a case, of whatever kind: what the clock board shows.' })
export abstract class CaseRequest {
  @Field(() => ID, { description: 'Opaque id (UUIDv7).' })
  id: string;

  @Field(() => String, { description: "Where it stands in its own lifecycle, as in `STOPPED`." })
  state: string;

  @Field(() => Instant, { nullable: true, description: 'The next instant at which something lapses: validity of the order, end of the stop; null when nothing runs.' })
  readonly deadlineAt: Date | null;

  @Field(() => [ActionAvailability], { description: 'What may be done with it, and why not.' })
  readonly actions: ActionAvailability[];
}
