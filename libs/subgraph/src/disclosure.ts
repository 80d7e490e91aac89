import { lookTasks, type LookTask, type Purpose } from '@lianfang/access';
import { codesOf } from '@lianfang/vocabulary';
import { Arg, Ctx, Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { RequestContext } from './request-context';

/** The access library's list as the enum that GraphQL wants. */
const LookTaskEnum = codesOf(lookTasks);

const descriptions: Readonly<Record<LookTask, { description: string }>> = {
  ACCEPTANCE_CHECK: { description: '受理核查: checking a report before and after it is accepted.' },
  STOP_PAYMENT: { description: '止付: proposing, approving, matching or executing a stop.' },
  INQUIRY: { description: '查询: asking for or answering facts about an account.' },
  RETURN: { description: '资金返还: returning funds.' },
  APPEAL: { description: '申诉: deciding an appeal.' },
  SUPERVISION: { description: '督办: urging the late.' },
};

registerEnumType(LookTaskEnum, {
  name: 'LookTask',
  description: 'The kind of task for which somebody looks at a full value; recorded with the look.',
  valuesConfig: descriptions,
});

/** Opens the full value for a purpose, records the look, and gives null when role or purpose do not allow it; libs/access makes it (`disclose`). */
export type Look = (purpose: Purpose, context: RequestContext) => Promise<string | null>;

/** A piece of personal data in answers; resolves from what `disclose` of libs/access gives. */
@ObjectType({ description: 'A piece of personal data: masked for everyone who may see the field, in full only by role and purpose.' })
@Directive('@shareable')
export class Disclosure {
  @Field(() => String, { description: 'The value with its telling part hidden, as in `***********1234`.' })
  readonly masked: string;

  readonly look: Look;

  @Field(() => String, { nullable: true, description: 'The whole value; null when role or purpose do not allow it. Every answer is recorded with its purpose.' })
  full(
    @Arg('task', () => LookTaskEnum, { description: 'The task that needs the whole value.' }) task: LookTask,
    @Arg('caseId', () => ID, { description: 'The case in which that task is open.' }) caseId: string,
    @Ctx() context: RequestContext,
  ): Promise<string | null> {
    return this.look({ task, caseId }, context);
  }
}
