import { availableActions } from '@lianfang/access';
import { Sealed } from '@lianfang/database';
import { ActionAvailability, Disclosure, PageArguments, connectionOf, pageOf, readPage, resultOf, type RequestContext } from '@lianfang/subgraph';
import type { Refused } from '@lianfang/vocabulary';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { z } from 'zod';
import { actionContext } from '../action-context';
import { discloseOf } from '../fraud-case/case-disclosure';
import { loadBatches, loadRequests } from '../stop-payment-request/stop-payment-request.loader';
import { StopPaymentRequest, targetOf } from '../stop-payment-request/stop-payment-request.entity';
import { Appeal, AppealMaterial } from './appeal.entity';
import { AppealFilter, DecideAppealInput, FileAppealInput } from './appeal.input';
import { appealLifecycle } from './appeal.lifecycle';
import { loadAppeals, loadAppealsOfRequests } from './appeal.loader';
import { appealPlace, listAppeals, placeOfAppeal } from './appeal.query';
import { isUninvolved } from './appeal.rules';
import { decideAppeal } from './decide-appeal.actions';
import { fileAppeal } from './file-appeal.actions';

const AppealConnection = connectionOf(Appeal);
const FileAppealResult = resultOf('FileAppealResult', () => Appeal);
const DecideAppealResult = resultOf('DecideAppealResult', () => Appeal);
const storedMaterials = z.array(z.strictObject({ title: z.string(), sha256: z.string() }));
const input = { description: 'What is submitted.' };

type Shown = ReturnType<typeof discloseOf>;

/** Reads and changes appeals. */
@Resolver(() => Appeal)
export class AppealResolver {
  @Query(() => Appeal, { nullable: true, description: 'One appeal; null when it is not there or belongs to another region.' })
  appeal(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext): Promise<Appeal | null> {
    return context.loader(loadAppeals).load(id);
  }

  @Query(() => AppealConnection, { nullable: true, description: "The appeals of the caller's region, newest first." })
  async appeals(
    @Arg('filter', () => AppealFilter, { nullable: true, description: 'What the list is narrowed to.' }) filter: AppealFilter | null,
    @Args(() => PageArguments) asked: PageArguments,
    @Ctx() context: RequestContext,
  ) {
    const page = readPage(asked, appealPlace);
    return pageOf(await listAppeals(await context.manager(), filter ?? {}, page), page, placeOfAppeal);
  }

  @Mutation(() => FileAppealResult, { description: 'Takes down an appeal against a stop that took effect; its number is the receipt (反诈法 32).' })
  fileAppeal(@Arg('input', () => FileAppealInput, input) given: FileAppealInput, @Ctx() context: RequestContext): Promise<Appeal | Refused> {
    return fileAppeal(actionContext(context), given);
  }

  @Mutation(() => DecideAppealResult, { description: 'Decides an appeal; upheld, the release of the stop is ordered at once (DL-25).' })
  decideAppeal(@Arg('input', () => DecideAppealInput, input) given: DecideAppealInput, @Ctx() context: RequestContext): Promise<Appeal | Refused> {
    return decideAppeal(actionContext(context), given);
  }

  @FieldResolver(() => [ActionAvailability], { description: 'What the caller may do with it now, and if not, why not.' })
  async actions(@Root() appeal: Appeal, @Ctx() context: RequestContext) {
    const request = await context.loader(loadRequests).load(appeal.requestId);
    const batch = request && (await context.loader(loadBatches).load(request.batchId));
    const involved = (batch && isUninvolved(context.caller.id, batch)) ?? null;
    const available = availableActions({ lifecycle: appealLifecycle, thing: appeal, caller: context.caller, target: targetOf(appeal) });
    return available.map(({ action, refusal }) => ({ action, refusal: refusal ?? involved }));
  }

  @FieldResolver(() => StopPaymentRequest, { nullable: true, description: 'The stop.' })
  request(@Root() { requestId }: Appeal, @Ctx() context: RequestContext) {
    return context.loader(loadRequests).load(requestId);
  }

  @FieldResolver(() => Disclosure, { description: "The appellant's name." })
  appellantName(@Root() of: Appeal): Shown {
    return discloseOf({ of, thing: 'appeal', kind: 'name', field: 'appellantName', sealed: of.appellantNameSealed });
  }

  @FieldResolver(() => Disclosure, { description: "The appellant's phone." })
  appellantPhone(@Root() of: Appeal): Shown {
    return discloseOf({ of, thing: 'appeal', kind: 'phone', field: 'appellantPhone', sealed: of.appellantPhoneSealed });
  }

  @FieldResolver(() => Disclosure, { description: 'Why the stop is said to be wrong.' })
  reason(@Root() of: Appeal): Shown {
    return text(of, 'reason', of.reasonSealed);
  }

  @FieldResolver(() => Disclosure, { nullable: true, description: 'Why it was decided so.' })
  decisionReason(@Root() of: Appeal): Shown | null {
    return of.decisionReasonSealed === null ? null : text(of, 'decisionReason', of.decisionReasonSealed);
  }

  @FieldResolver(() => [AppealMaterial], { description: 'What was handed in.' })
  materials(@Root() of: Appeal): AppealMaterial[] {
    const stored = storedMaterials.parse(JSON.parse(of.materialsSealed.open()));
    return stored.map(({ title, sha256 }, row) => ({ title: text(of, `materials.${row}.title`, Sealed.of(title)), sha256 }));
  }
}

/** The appeals of a stop. */
@Resolver(() => StopPaymentRequest)
export class RequestAppealResolver {
  @FieldResolver(() => [Appeal], { description: 'Appeals against it, oldest first.' })
  appeals(@Root() { id }: StopPaymentRequest, @Ctx() context: RequestContext) {
    return context.loader(loadAppealsOfRequests).load(id);
  }
}

const text = (of: Appeal, field: string, sealed: Sealed): Shown => discloseOf({ of, thing: 'appeal', kind: 'text', field, sealed });
