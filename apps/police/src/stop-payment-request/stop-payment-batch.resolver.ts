import { mayDo } from '@lianfang/access';
import { ActionAvailability, Disclosure, PageArguments, connectionOf, pageOf, readPage, type RequestContext } from '@lianfang/subgraph';
import { refuse } from '@lianfang/vocabulary';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { policeGround } from '../action-context';
import { discloseOf } from '../fraud-case/case-disclosure';
import { FraudCase } from '../fraud-case/fraud-case.entity';
import { loadFraudCases } from '../fraud-case/fraud-case.loader';
import { RefusedStopPaymentItem, StopPaymentInstitutionGroup } from './refused-item.entity';
import { hasLevel, isAnotherPerson, refuseDecided } from './stop-payment-approval.rules';
import { StopPaymentBatch } from './stop-payment-batch.entity';
import { StopPaymentRequest, targetOf } from './stop-payment-request.entity';
import { StopPaymentBatchFilter } from './stop-payment-request.input';
import { loadBatches, loadRequestsOfBatches } from './stop-payment-request.loader';
import { isRetriable } from './stop-payment-request.rules';
import { listBatches, placeOf, proposalPlace } from './stop-payment-request.query';

const StopPaymentBatchConnection = connectionOf(StopPaymentBatch);

/** Reads batches of stops. */
@Resolver(() => StopPaymentBatch)
export class StopPaymentBatchResolver {
  @Query(() => StopPaymentBatch, { nullable: true, description: 'One batch; null when it is not there or belongs to another region.' })
  stopPaymentBatch(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext): Promise<StopPaymentBatch | null> {
    return context.loader(loadBatches).load(id);
  }

  @Query(() => StopPaymentBatchConnection, { nullable: true, description: "The batches of the caller's region, newest first." })
  async stopPaymentBatches(
    @Arg('filter', () => StopPaymentBatchFilter, { nullable: true, description: 'What the list is narrowed to.' }) filter: StopPaymentBatchFilter | null,
    @Args(() => PageArguments) asked: PageArguments,
    @Ctx() context: RequestContext,
  ) {
    const page = readPage(asked, proposalPlace);
    return pageOf(await listBatches(await context.manager(), filter ?? {}, { caller: context.caller, page }), page, placeOf);
  }

  @FieldResolver(() => FraudCase, { nullable: true, description: 'The case.' })
  fraudCase(@Root() { caseId }: StopPaymentBatch, @Ctx() context: RequestContext) {
    return context.loader(loadFraudCases).load(caseId);
  }

  @FieldResolver(() => [StopPaymentRequest], { description: 'Its requests, in the order of the proposal.' })
  requests(@Root() { id }: StopPaymentBatch, @Ctx() context: RequestContext) {
    return context.loader(loadRequestsOfBatches).load(id);
  }

  @FieldResolver(() => [StopPaymentInstitutionGroup], { description: 'Its requests by institution, in the order of the proposal.' })
  async byInstitution(@Root() { id }: StopPaymentBatch, @Ctx() context: RequestContext): Promise<StopPaymentInstitutionGroup[]> {
    const requests = (await context.loader(loadRequestsOfBatches).load(id)) ?? [];
    const institutions = [...new Set(requests.map(({ institution }) => institution))];
    return institutions.map((institution) => ({
      institution,
      institutionName: policeGround().directory.findInstitution(institution)?.name.zh ?? null,
      requests: requests.filter((request) => request.institution === institution),
    }));
  }

  @FieldResolver(() => [RefusedStopPaymentItem], { description: 'Rows of the proposal that were refused; correct them and propose them again.' })
  refusedItems(@Root() { refusedItems }: StopPaymentBatch) {
    return refusedItems;
  }

  @FieldResolver(() => Disclosure, { description: 'Why these accounts are to be stopped.' })
  reason(@Root() batch: StopPaymentBatch) {
    return discloseOf({ kind: 'text', sealed: batch.reasonSealed, thing: 'stop-payment-batch', field: 'reason', of: batch });
  }

  @FieldResolver(() => Disclosure, { nullable: true, description: 'What the approver said.' })
  decisionReason(@Root() batch: StopPaymentBatch) {
    const { decisionReasonSealed: sealed } = batch;
    return sealed === null ? null : discloseOf({ kind: 'text', sealed, thing: 'stop-payment-batch', field: 'decisionReason', of: batch });
  }

  @FieldResolver(() => [ActionAvailability], { description: 'Whether the caller may approve, return or retry it now, and if not, why not.' })
  async actions(@Root() batch: StopPaymentBatch, @Ctx() context: RequestContext) {
    const { caller } = context;
    const decided = refuseDecided(batch, batch.version);
    const persons = { approverId: caller.id, operatorId: batch.operatorId, approverRegion: caller.region ?? batch.regionCode, requiredLevel: batch.requiredLevel };
    const approve = mayDo(caller, 'stop-payment-request.APPROVE', targetOf(batch)) ?? decided ?? isAnotherPerson(persons) ?? hasLevel(persons);
    const requests = (await context.loader(loadRequestsOfBatches).load(batch.id)) ?? [];
    const retry = mayDo(caller, 'stop-payment-request.PROPOSE', targetOf(batch)) ?? (requests.some(isRetriable) ? null : refuse('NOTHING_TO_RETRY'));
    return [
      { action: 'APPROVE', refusal: approve ?? null },
      { action: 'RETURN', refusal: mayDo(caller, 'stop-payment-request.RETURN', targetOf(batch)) ?? decided ?? null },
      { action: 'RETRY', refusal: retry },
    ];
  }
}
