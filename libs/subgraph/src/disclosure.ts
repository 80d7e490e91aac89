import { Arg, Ctx, Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { RequestContext } from './request-context';
import { lookTasks, type LookTask } from './look-task';

registerEnumType(lookTasks, {
  name: 'LookTask',
  description: 'The kind of task for which somebody looks at a full value; recorded with the look.',
  valuesConfig: {
    ACCEPTANCE_CHECK: { description: '受理核查: checking a report before and after it is accepted.' },
    STOP_PAYMENT: { description: '止付: proposing, approving, matching or executing a stop.' },
  },
});

/** Why somebody looks: the kind of task and the case with an open task there. */
export interface LookPurpose {
  readonly task: LookTask;
  readonly caseId: string;
}

/** Opens the full value for a purpose, records the look, and gives null when role or purpose do not allow it. */
export type Look = (purpose: LookPurpose, context: RequestContext) => Promise<string | null>;

/** A piece of personal data in answers: `Object.assign(new Disclosure(), { masked, look })`, or the plain object. */
@ObjectType({ description: 'A piece of personal data: masked for everyone who may see the field, in full only by role and purpose.' })
@Directive('@shareable')
export class Disclosure {
  @Field(() => String, { description: 'The value with its telling part hidden, as in `***********1234`.' })
  readonly masked: string;

  readonly look: Look;

  @Field(() => String, { nullable: true, description: 'The whole value; null when role or purpose do not allow it. Every answer is recorded with its purpose.' })
  full(
    @Arg('task', () => lookTasks, { description: 'The task that needs the whole value.' }) task: LookTask,
    @Arg('caseId', () => ID, { description: 'The case in which that task is open.' }) caseId: string,
    @Ctx() context: RequestContext,
  ): Promise<string | null> {
    return this.look({ task, caseId }, context);
  }
}
