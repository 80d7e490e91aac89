import { availableActions, type ActionAvailability as Availability, type Disclosed } from '@lianfang/access';
import { isId } from '@lianfang/database';
import { ActionAvailability, Disclosure, Money, PageArguments, badUserInput, connectionOf, pageOf, readPage, resultOf, type Connection, type RequestContext } from '@lianfang/subgraph';
import type { Refused } from '@lianfang/vocabulary';
import { Arg, Args, Ctx, Field, FieldResolver, ID, InputType, Int, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { coreDesk } from '../action-context';
import { discloseOrder } from './disclose-order';
import type { FactMatch } from './four-facts.rules';
import { claimStopPaymentOrder, declineStopPayment, executeStopPayment, unclaimStopPaymentOrder } from './stop-payment-order.actions';
import { StopPaymentOrder } from './stop-payment-order.entity';
import { DeclineStopPaymentInput, ExecuteStopPaymentInput, StopPaymentOrderInput } from './stop-payment-order.input';
import { StopPaymentOrderStates } from './stop-payment-order-enums';
import { stopPaymentOrderLifecycle, type StopPaymentOrderState } from './stop-payment-order.lifecycle';
import { loadOrdersById } from './stop-payment-order.loader';
import { countWaiting, findNext, inboxPlace, listPlace, loadInbox, loadOrders } from './stop-payment-order.query';
import { isClaimedByCaller, isFreeToClaim } from './stop-payment-order.rules';

/** How the four facts compare. */
@ObjectType({ description: 'How the four facts of an order compare with the account (止付信息核对): MATCH, MISMATCH or UNKNOWN each.' })
class FourFacts {
  @Field(() => String, { description: 'The account exists at this institution.' })
  readonly account: FactMatch;

  @Field(() => String, { description: "The holder's name; UNKNOWN when the order names none." })
  readonly holderName: FactMatch;

  @Field(() => String, { description: 'A credit of exactly this amount came in.' })
  readonly amount: FactMatch;

  @Field(() => String, { description: "It came in at that time, within the institution's tolerance." })
  readonly time: FactMatch;
}

/** The counts of an inbox. */
@ObjectType({ description: 'The counts of an inbox.' })
class InboxCount {
  @Field(() => Int, { description: 'Orders that wait for an answer.' })
  readonly waiting: number;

  @Field(() => Int, { description: 'Of these, the orders that nobody holds.' })
  readonly unclaimed: number;
}

/** What a list of orders may be narrowed to. */
@InputType({ description: 'What a list of orders may be narrowed to; every part that is given must hold.' })
class StopPaymentOrderFilter {
  @Field(() => [StopPaymentOrderStates], { nullable: true, description: 'Orders in any of these states.' })
  readonly states?: StopPaymentOrderState[] | null;

  @Field(() => String, { nullable: true, description: 'Case number of the police, exact.' })
  readonly caseNumber?: string | null;

  @Field(() => ID, { nullable: true, description: 'The account that the orders stopped.' })
  readonly bankAccountId?: string | null;
}

const StopPaymentOrderConnection = connectionOf(StopPaymentOrder);
const ClaimStopPaymentOrderResult = resultOf('ClaimStopPaymentOrderResult', () => StopPaymentOrder);
const UnclaimStopPaymentOrderResult = resultOf('UnclaimStopPaymentOrderResult', () => StopPaymentOrder);
const ExecuteStopPaymentResult = resultOf('ExecuteStopPaymentResult', () => StopPaymentOrder);
const DeclineStopPaymentResult = resultOf('DeclineStopPaymentResult', () => StopPaymentOrder);

type Outcome = Promise<StopPaymentOrder | Refused>;

/** A filter by an id that is none is a mistake of the client. */
function checkId(id: string | null | undefined, path: string): void {
  if (id != null && !isId(id)) throw badUserInput('That is no id.', path);
}

/** The bank's desk for stop-payment orders. */
@Resolver(() => StopPaymentOrder)
export class StopPaymentOrderResolver {
  @Query(() => StopPaymentOrder, { nullable: true, description: 'One order; null when it does not exist or is not yours to see.' })
  async stopPaymentOrder(@Arg('id', () => ID, { description: 'The order.' }) id: string, @Ctx() context: RequestContext): Promise<StopPaymentOrder | null> {
    return context.loader(loadOrdersById).load(id);
  }

  @Query(() => StopPaymentOrderConnection, { nullable: true, description: 'The inbox: orders that wait for an answer, most urgent first.' })
  async stopPaymentInbox(@Args(() => PageArguments) page: PageArguments, @Ctx() context: RequestContext): Promise<Connection<StopPaymentOrder>> {
    const read = readPage(page, inboxPlace);
    return pageOf(await loadInbox(await context.manager(), read), read, ({ answerDueAt, id }) => [answerDueAt.toISOString(), id]);
  }

  @Query(() => StopPaymentOrderConnection, { nullable: true, description: "The institution's orders, newest first." })
  async stopPaymentOrders(
    @Arg('filter', () => StopPaymentOrderFilter, { nullable: true, description: 'What to narrow the list to.' }) filter: StopPaymentOrderFilter | null,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: RequestContext,
  ): Promise<Connection<StopPaymentOrder>> {
    const read = readPage(page, listPlace);
    checkId(filter?.bankAccountId, 'filter.bankAccountId');
    const rows = await loadOrders(await context.manager(), filter ?? {}, read);
    return pageOf(rows, read, ({ receivedAt, id }) => [receivedAt.toISOString(), id]);
  }

  @Query(() => StopPaymentOrder, { nullable: true, description: 'The most urgent order that nobody holds; null when there is none.' })
  async nextStopPaymentOrder(@Ctx() context: RequestContext): Promise<StopPaymentOrder | null> {
    return findNext(await context.manager(), context.clock.now());
  }

  @Query(() => InboxCount, { nullable: true, description: 'How many orders wait.' })
  async stopPaymentInboxCount(@Ctx() context: RequestContext): Promise<InboxCount> {
    return countWaiting(await context.manager(), context.clock.now());
  }

  @Mutation(() => ClaimStopPaymentOrderResult, { description: 'Takes an order for yourself, with a lease.' })
  claimStopPaymentOrder(@Arg('input', () => StopPaymentOrderInput, { description: 'The order.' }) input: StopPaymentOrderInput, @Ctx() context: RequestContext): Outcome {
    return claimStopPaymentOrder(context, input);
  }

  @Mutation(() => UnclaimStopPaymentOrderResult, { description: 'Gives an order back to the inbox.' })
  unclaimStopPaymentOrder(@Arg('input', () => StopPaymentOrderInput, { description: 'The order.' }) input: StopPaymentOrderInput, @Ctx() context: RequestContext): Outcome {
    return unclaimStopPaymentOrder(context, input);
  }

  @Mutation(() => ExecuteStopPaymentResult, { description: 'Executes a stop whose four facts agree. Still EXECUTING in the answer when the core system has not answered yet.' })
  executeStopPayment(@Arg('input', () => ExecuteStopPaymentInput, { description: 'The order.' }) input: ExecuteStopPaymentInput, @Ctx() context: RequestContext): Outcome {
    return executeStopPayment(context, input, coreDesk());
  }

  @Mutation(() => DeclineStopPaymentResult, { description: 'Answers that the stop is not executed, and why.' })
  declineStopPayment(@Arg('input', () => DeclineStopPaymentInput, { description: 'The order and the reason.' }) input: DeclineStopPaymentInput, @Ctx() context: RequestContext): Outcome {
    return declineStopPayment(context, input);
  }

  @FieldResolver(() => Disclosure, { description: 'Number of the account to be stopped.' })
  accountNumber(@Root() order: StopPaymentOrder): Disclosed {
    return discloseOrder(order, { kind: 'account', field: 'accountNumber', sealed: order.accountNumber });
  }

  @FieldResolver(() => Disclosure, { nullable: true, description: "The holder's name as the victim knows it; null when unknown." })
  holderName(@Root() order: StopPaymentOrder): Disclosed | null {
    return order.holderName && discloseOrder(order, { kind: 'name', field: 'holderName', sealed: order.holderName });
  }

  @FieldResolver(() => Disclosure, { nullable: true, description: 'Who paid; null when the order does not say.' })
  payerName(@Root() order: StopPaymentOrder): Disclosed | null {
    return order.payerName && discloseOrder(order, { kind: 'name', field: 'payerName', sealed: order.payerName });
  }

  @FieldResolver(() => Disclosure, { nullable: true, description: 'The account that paid; null when the order does not say.' })
  payerAccountNumber(@Root() order: StopPaymentOrder): Disclosed | null {
    return order.payerAccountNumber && discloseOrder(order, { kind: 'account', field: 'payerAccountNumber', sealed: order.payerAccountNumber });
  }

  @FieldResolver(() => Disclosure, { description: 'The officer who asked (经办人).' })
  operatorName(@Root() order: StopPaymentOrder): Disclosed {
    return discloseOrder(order, { kind: 'name', field: 'operatorName', sealed: order.operatorName });
  }

  @FieldResolver(() => Disclosure, { description: 'The officer who approved.' })
  approverName(@Root() order: StopPaymentOrder): Disclosed {
    return discloseOrder(order, { kind: 'name', field: 'approverName', sealed: order.approverName });
  }

  @FieldResolver(() => Money, { nullable: true, description: 'The amount to be held; null when the whole account is asked for.' })
  holdAmount(@Root() order: StopPaymentOrder): Pick<Money, 'fen' | 'currency'> | null {
    return order.holdAmount === null ? null : { fen: order.holdAmount, currency: order.currency };
  }

  @FieldResolver(() => Money, { nullable: true, description: "The amount of the victim's transfer, as the police know it; null for a protective hold." })
  factAmount(@Root() order: StopPaymentOrder): Pick<Money, 'fen' | 'currency'> | null {
    return order.factAmount === null ? null : { fen: order.factAmount, currency: order.currency };
  }

  @FieldResolver(() => Money, { nullable: true, description: 'What the hold keeps; null before the account is stopped.' })
  held(@Root() order: StopPaymentOrder): Pick<Money, 'fen' | 'currency'> | null {
    return heldMoney(order, order.heldAmount);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'Balance of the account when it was stopped.' })
  balance(@Root() order: StopPaymentOrder): Pick<Money, 'fen' | 'currency'> | null {
    return heldMoney(order, order.balanceAmount);
  }

  @FieldResolver(() => FourFacts, { nullable: true, description: 'How the four facts compare; null until the core system has been asked.' })
  facts(@Root() order: StopPaymentOrder): FourFacts | null {
    return order.facts;
  }

  @FieldResolver(() => [ActionAvailability], { description: 'What you may do now, and why not.' })
  actions(@Root() order: StopPaymentOrder, @Ctx() { caller, clock }: RequestContext): Availability[] {
    const facts = { order, caller, now: clock.now() };
    const claimed = () => isClaimedByCaller(facts);
    const cheapRules = { CLAIM: () => isFreeToClaim(facts), UNCLAIM: claimed, BEGIN_EXECUTION: claimed, DECLINE: claimed };
    return availableActions({ lifecycle: stopPaymentOrderLifecycle, thing: order, caller, target: { institution: order.institution }, cheapRules });
  }
}

/** An amount of the core system's answer, in the core system's currency. */
const heldMoney = ({ heldCurrency }: StopPaymentOrder, fen: bigint | null): Pick<Money, 'fen' | 'currency'> | null =>
  fen === null || heldCurrency === null ? null : { fen, currency: heldCurrency };
