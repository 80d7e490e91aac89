import { availableActions, mayDo } from '@lianfang/access';
import { ActionAvailability, Disclosure, Instant, Money, PageArguments, Warning, connectionOf, pageOf, readPage, type RequestContext } from '@lianfang/subgraph';
import { moneyOf } from '@lianfang/vocabulary';
import type { Sealed } from '@lianfang/database';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { discloseOf, type CaseValue } from '../fraud-case/case-disclosure';
import { FraudCase } from '../fraud-case/fraud-case.entity';
import { loadFraudCases } from '../fraud-case/fraud-case.loader';
import { refuseDocument } from './record-legal-document.rules';
import { StopPaymentBatch } from './stop-payment-batch.entity';
import { StopPaymentOutflow } from './stop-payment-outflow.entity';
import { BankAccount, StopPaymentOrder } from './stop-payment-order.stub';
import { StopPaymentRequest, targetOf } from './stop-payment-request.entity';
import { StopPaymentRequestFilter } from './stop-payment-request.input';
import { stopPaymentRequestLifecycle } from './stop-payment-request.lifecycle';
import { loadBatches, loadFollowers, loadOutflowsOfRequests, loadRequests } from './stop-payment-request.loader';
import { listRequests, placeOf, proposalPlace } from './stop-payment-request.query';
import { may, refuseCorrection, refuseProtectiveHold, refuseSecondStop } from './stop-payment-request.rules';

const StopPaymentRequestConnection = connectionOf(StopPaymentRequest);

type Shown = ReturnType<typeof discloseOf>;

/** Reads stop-payment requests. */
@Resolver(() => StopPaymentRequest)
export class StopPaymentRequestResolver {
  @Query(() => StopPaymentRequest, { nullable: true, description: 'One request; null when it is not there or belongs to another region.' })
  stopPaymentRequest(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext): Promise<StopPaymentRequest | null> {
    return context.loader(loadRequests).load(id);
  }

  @Query(() => StopPaymentRequestConnection, { nullable: true, description: "The requests of the caller's region, newest first." })
  async stopPaymentRequests(
    @Arg('filter', () => StopPaymentRequestFilter, { nullable: true, description: 'What the list is narrowed to.' }) filter: StopPaymentRequestFilter | null,
    @Args(() => PageArguments) asked: PageArguments,
    @Ctx() context: RequestContext,
  ) {
    const page = readPage(asked, proposalPlace);
    return pageOf(await listRequests(await context.manager(), filter ?? {}, { caller: context.caller, page }), page, placeOf);
  }

  @FieldResolver(() => Instant, { nullable: true, description: 'Validity of the order, then the end of the stop; null when nothing runs.' })
  deadlineAt(@Root() request: StopPaymentRequest): Date | null {
    if (may(request, 'STOP')) return request.validUntil;
    return may(request, 'EXPIRE') ? request.expiresAt : null;
  }

  @FieldResolver(() => [ActionAvailability], { description: 'What the caller may do with it now, and if not, why not. CORRECT and SECOND_STOP make new requests; RECORD_DOCUMENT is `recordLegalDocument` on its batch.' })
  actions(@Root() request: StopPaymentRequest, @Ctx() { caller }: RequestContext) {
    const question = { lifecycle: stopPaymentRequestLifecycle, thing: request, caller, target: targetOf(request) };
    const denied = mayDo(caller, 'stop-payment-request.PROPOSE', question.target);
    return [
      ...availableActions(question),
      { action: 'RECORD_DOCUMENT', refusal: mayDo(caller, 'stop-payment-request.record-document', question.target) ?? refuseDocument(request) ?? null },
      { action: 'CORRECT', refusal: denied ?? refuseProtectiveHold(request) ?? refuseCorrection(request, { isChanged: true, path: 'changes' }) ?? null },
      { action: 'SECOND_STOP', refusal: denied ?? refuseProtectiveHold(request) ?? refuseSecondStop(request) ?? null },
    ];
  }

  @FieldResolver(() => FraudCase, { nullable: true, description: 'The case.' })
  fraudCase(@Root() { caseId }: StopPaymentRequest, @Ctx() context: RequestContext) {
    return context.loader(loadFraudCases).load(caseId);
  }

  @FieldResolver(() => StopPaymentBatch, { nullable: true, description: 'The batch in which it was proposed and decided.' })
  batch(@Root() { batchId }: StopPaymentRequest, @Ctx() context: RequestContext) {
    return context.loader(loadBatches).load(batchId);
  }

  @FieldResolver(() => StopPaymentOrder, { nullable: true, description: "The bank's order, where the banks' subgraph can be asked; a case page is complete without it." })
  order(@Root() { id, orderedAt }: StopPaymentRequest): StopPaymentOrder | null {
    return orderedAt === null ? null : { id };
  }

  @FieldResolver(() => BankAccount, { nullable: true, description: "The account at the bank, known from the bank's answer." })
  bankAccount(@Root() { bankAccountId }: StopPaymentRequest): BankAccount | null {
    return bankAccountId === null ? null : { id: bankAccountId };
  }

  @FieldResolver(() => Disclosure, { description: 'The account number.' })
  accountNumber(@Root() request: StopPaymentRequest): Shown | null {
    return shown(request.accountNumberSealed, { kind: 'account', field: 'accountNumber', of: request });
  }

  @FieldResolver(() => Disclosure, { nullable: true, description: "The holder's name; null while it is not known." })
  holderName(@Root() request: StopPaymentRequest): Shown | null {
    return shown(request.holderNameSealed, { kind: 'name', field: 'holderName', of: request });
  }

  @FieldResolver(() => Disclosure, { nullable: true, description: 'Name of the person who paid.' })
  payerName(@Root() request: StopPaymentRequest): Shown | null {
    return shown(request.payerNameSealed, { kind: 'name', field: 'payerName', of: request });
  }

  @FieldResolver(() => Disclosure, { nullable: true, description: 'The account from which was paid.' })
  payerAccount(@Root() request: StopPaymentRequest): Shown | null {
    return shown(request.payerAccountSealed, { kind: 'account', field: 'payerAccount', of: request });
  }

  @FieldResolver(() => Disclosure, { nullable: true, description: "The bank's note on why it did not execute." })
  businessNote(@Root() request: StopPaymentRequest): Shown | null {
    return shown(request.businessNoteSealed, { kind: 'text', field: 'businessNote', of: request });
  }

  @FieldResolver(() => Money, { nullable: true, description: 'The amount asked for; null for the whole account.' })
  amount(@Root() { amountFen, currency }: StopPaymentRequest) {
    return amountFen === null ? null : moneyOf(amountFen, currency);
  }

  @FieldResolver(() => Money, { nullable: true, description: "The transfer's amount: one of the four facts Null for a protective hold." })
  transferAmount(@Root() { factFen, currency }: StopPaymentRequest) {
    return factFen === null ? null : moneyOf(factFen, currency);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'What the hold keeps.' })
  held(@Root() { heldFen, heldCurrency }: StopPaymentRequest) {
    return heldFen === null || heldCurrency === null ? null : moneyOf(heldFen, heldCurrency);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'The balance when the stop began.' })
  balance(@Root() { balanceFen, heldCurrency }: StopPaymentRequest) {
    return balanceFen === null || heldCurrency === null ? null : moneyOf(balanceFen, heldCurrency);
  }

  @FieldResolver(() => Boolean, { description: "Whether the holder's name is not known: the bank matches the other three facts." })
  nameUnknown(@Root() { holderNameSealed }: StopPaymentRequest): boolean {
    return holderNameSealed === null;
  }

  @FieldResolver(() => [Warning], { description: 'Doubts that were stored with it; somebody should look.' })
  warnings(@Root() { storedWarnings }: StopPaymentRequest) {
    return storedWarnings;
  }

  @FieldResolver(() => [StopPaymentOutflow], { description: 'What left the account since the money came in, by the bank.' })
  outflows(@Root() { id }: StopPaymentRequest, @Ctx() context: RequestContext) {
    return context.loader(loadOutflowsOfRequests).load(id);
  }

  @FieldResolver(() => [StopPaymentRequest], { description: 'Requests that follow it: its correction, the second stop, the next layer.' })
  followers(@Root() { id }: StopPaymentRequest, @Ctx() context: RequestContext) {
    return context.loader(loadFollowers).load(id);
  }
}

const shown = (sealed: Sealed | null, value: Omit<CaseValue, 'sealed' | 'thing'>): Shown | null => (sealed === null ? null : discloseOf({ ...value, sealed, thing: 'stop-payment-request' }));
