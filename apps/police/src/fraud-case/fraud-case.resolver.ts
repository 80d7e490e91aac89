import { availableActions, mayDo } from '@lianfang/access';
import { ActionAvailability, Disclosure, Money, PageArguments, Warning, connectionOf, pageOf, publicError, readPage, type RequestContext } from '@lianfang/subgraph';
import { moneyOf } from '@lianfang/vocabulary';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { policeGround } from '../action-context';
import { discloseOf } from './case-disclosure';
import { CaseLead } from './case-lead.entity';
import { CasePerson } from './case-person.entity';
import { TimelineEntry, timelineOf } from './case-timeline';
import { CaseTransfer } from './case-transfer.entity';
import { FraudCase, targetOf } from './fraud-case.entity';
import { FraudCaseFilter, FraudCaseSearch } from './fraud-case.input';
import { fraudCaseLifecycle } from './fraud-case.lifecycle';
import { loadDuplicatesOfCases, loadFactsOfCases, loadFraudCases, loadLeadsOfCases, loadMergedFrom, loadPersonsOfCases, loadTransfersOfCases, loadTransitionsOfCases } from './fraud-case.loader';
import { casePlace, listCases, placeOf, searchCases } from './fraud-case.query';
import { isCarriedOn, isDecidedAtCountyLevel, isDecidedByAnother, isNotSignedYet } from './fraud-case.rules';
import { LikelyDuplicate, otherSideOf } from './likely-duplicate';

const FraudCaseConnection = connectionOf(FraudCase);

/** Reads fraud cases. */
@Resolver(() => FraudCase)
export class FraudCaseResolver {
  @Query(() => FraudCase, { nullable: true, description: 'One case; null when it is not there or belongs to another region.' })
  async fraudCase(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext): Promise<FraudCase | null> {
    return context.loader(loadFraudCases).load(id);
  }

  @Query(() => FraudCaseConnection, { nullable: true, description: "The cases of the caller's region, newest report first." })
  async fraudCases(
    @Arg('filter', () => FraudCaseFilter, { nullable: true, description: 'What the list is narrowed to.' }) filter: FraudCaseFilter | null,
    @Args(() => PageArguments) asked: PageArguments,
    @Ctx() context: RequestContext,
  ) {
    const page = readPage(asked, casePlace);
    return pageOf(await listCases(await context.manager(), filter ?? {}, { caller: context.caller, page }), page, placeOf);
  }

  @Query(() => FraudCaseConnection, { nullable: true, description: 'Cases of an exact number in the region, newest report first. Every search is recorded, without the value.' })
  async searchFraudCases(
    @Arg('by', () => FraudCaseSearch, { description: 'Exactly one number.' }) by: FraudCaseSearch,
    @Args(() => PageArguments) asked: PageArguments,
    @Ctx() context: RequestContext,
  ) {
    const { caller, clock } = context;
    if (mayDo(caller, 'fraud-case.search')) throw publicError('FORBIDDEN', 'Your role may not search for cases.');
    const page = readPage(asked, casePlace);
    const found = await searchCases(await context.manager(), by, { caller, page, keyring: policeGround().keyring, at: clock.now() });
    return pageOf(found, page, placeOf);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Name of the unit in charge, where the directory knows it.' })
  unitName(@Root() { unitCode }: FraudCase): string | null {
    return policeGround().directory.findUnit(unitCode)?.name ?? null;
  }

  @FieldResolver(() => Disclosure, { description: 'What happened, up to 4,000 characters.' })
  narrative(@Root() fraudCase: FraudCase) {
    return discloseOf({ kind: 'text', sealed: fraudCase.narrativeSealed, thing: 'fraud-case', field: 'narrative', of: { ...fraudCase, caseId: fraudCase.id } });
  }

  @FieldResolver(() => Money, { description: 'Sum of the transfers in yuan that are a loss and were not corrected.' })
  loss(@Root() { lossFen, currency }: FraudCase) {
    return moneyOf(lossFen, currency);
  }

  @FieldResolver(() => Money, { description: 'What was tried but not lost.' })
  attempted(@Root() { attemptedFen, currency }: FraudCase) {
    return moneyOf(attemptedFen, currency);
  }

  @FieldResolver(() => [Warning], { description: 'Doubts that were stored with the case; somebody should look.' })
  warnings(@Root() { storedWarnings }: FraudCase) {
    return storedWarnings;
  }

  @FieldResolver(() => [CasePerson], { description: 'Reporter, deceived person, holder of the paying account; one person may be several.' })
  persons(@Root() { id }: FraudCase, @Ctx() context: RequestContext) {
    return context.loader(loadPersonsOfCases).load(id);
  }

  @FieldResolver(() => [CaseTransfer], { description: 'The transfers, in the order in which they were entered; corrected ones stay.' })
  transfers(@Root() { id }: FraudCase, @Ctx() context: RequestContext) {
    return context.loader(loadTransfersOfCases).load(id);
  }

  @FieldResolver(() => [CaseLead], { description: 'The leads, oldest first; corrected ones stay.' })
  leads(@Root() { id }: FraudCase, @Ctx() context: RequestContext) {
    return context.loader(loadLeadsOfCases).load(id);
  }

  @FieldResolver(() => FraudCase, { nullable: true, description: 'The case that carries this one on; null when it was not merged or belongs to another region.' })
  mergedInto(@Root() { mergedIntoId }: FraudCase, @Ctx() context: RequestContext) {
    return mergedIntoId === null ? null : context.loader(loadFraudCases).load(mergedIntoId);
  }

  @FieldResolver(() => [FraudCase], { description: 'The cases that this one carries on.' })
  mergedFrom(@Root() { id }: FraudCase, @Ctx() context: RequestContext) {
    return context.loader(loadMergedFrom).load(id);
  }

  @FieldResolver(() => [LikelyDuplicate], { description: 'Other cases that are likely the same report, of every region, newest pair first.' })
  async duplicates(@Root() { id }: FraudCase, @Ctx() context: RequestContext): Promise<LikelyDuplicate[]> {
    const pairs = (await context.loader(loadDuplicatesOfCases).load(id)) ?? [];
    return Promise.all(
      pairs.map(async (pair) => {
        const other = otherSideOf(pair, id);
        const unit = policeGround().directory.findUnit(other.unitCode);
        const otherCase = await context.loader(loadFraudCases).load(other.caseId);
        const shown = { id: pair.id, reason: pair.reason, foundAt: pair.createdAt, unitCode: other.unitCode, unitName: unit?.name ?? null, dutyPhone: unit?.dutyPhone ?? null, otherCase };
        return Object.assign(new LikelyDuplicate(), shown);
      }),
    );
  }

  @FieldResolver(() => [TimelineEntry], { description: 'What happened to the case, oldest first.' })
  async timeline(@Root() { id }: FraudCase, @Ctx() context: RequestContext): Promise<TimelineEntry[]> {
    const [transitions, facts] = await Promise.all([context.loader(loadTransitionsOfCases).load(id), context.loader(loadFactsOfCases).load(id)]);
    return timelineOf(transitions ?? [], facts ?? []);
  }

  @FieldResolver(() => [ActionAvailability], { description: 'What the caller may do with the case now, and if not, why not.' })
  actions(@Root() fraudCase: FraudCase, @Ctx() { caller }: RequestContext) {
    const target = targetOf(fraudCase);
    const decision = () => isDecidedByAnother({ fraudCase, caller }) ?? isDecidedAtCountyLevel({ fraudCase, caller });
    const edit = mayDo(caller, 'fraud-case.edit', target) ?? isCarriedOn(fraudCase);
    return [
      ...availableActions({ lifecycle: fraudCaseLifecycle, thing: fraudCase, caller, target, cheapRules: { OPEN: decision, DO_NOT_OPEN: decision } }),
      { action: 'ADD', refusal: edit ?? null },
      { action: 'CHANGE_PHONE_FLAGS', refusal: edit ?? null },
      { action: 'SIGN_FORM', refusal: edit ?? isNotSignedYet(fraudCase) ?? null },
    ];
  }
}
