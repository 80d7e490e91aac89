import { Disclosure, Money, Warning, type RequestContext } from '@lianfang/subgraph';
import { moneyOf } from '@lianfang/vocabulary';
import type { Sealed } from '@lianfang/database';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { discloseOf } from '../fraud-case/case-disclosure';
import { StopPaymentOutflow } from './stop-payment-outflow.entity';
import { StopPaymentRequest } from './stop-payment-request.entity';
import { loadRequests } from './stop-payment-request.loader';

/** Reads the outflows that banks list. */
@Resolver(() => StopPaymentOutflow)
export class StopPaymentOutflowResolver {
  @FieldResolver(() => Money, { description: 'How much left.' })
  amount(@Root() { amountFen, currency }: StopPaymentOutflow) {
    return moneyOf(amountFen, currency);
  }

  @FieldResolver(() => Disclosure, { nullable: true, description: 'The receiving account; null when the bank did not give it.' })
  accountNumber(@Root() outflow: StopPaymentOutflow, @Ctx() context: RequestContext) {
    return shown(outflow.numberSealed, { outflow, context, kind: 'account', field: 'accountNumber' });
  }

  @FieldResolver(() => Disclosure, { nullable: true, description: 'Holder of the receiving account; null when the bank does not know.' })
  holderName(@Root() outflow: StopPaymentOutflow, @Ctx() context: RequestContext) {
    return shown(outflow.holderNameSealed, { outflow, context, kind: 'name', field: 'holderName' });
  }

  @FieldResolver(() => StopPaymentRequest, { nullable: true, description: 'The request that stops the receiving account in this case.' })
  proposedRequest(@Root() { proposedRequestId }: StopPaymentOutflow, @Ctx() context: RequestContext) {
    return proposedRequestId === null ? null : context.loader(loadRequests).load(proposedRequestId);
  }

  @FieldResolver(() => Warning, { nullable: true, description: 'Why the machine proposed nothing for it; null when it did.' })
  notProposed(@Root() { notProposedCode: code, notProposedParameters: parameters }: StopPaymentOutflow) {
    return code === null ? null : { code, path: null, parameters };
  }
}

interface OutflowValue {
  readonly outflow: StopPaymentOutflow;
  readonly context: RequestContext;
  readonly kind: 'account' | 'name';
  readonly field: string;
}

/** An outflow's value belongs to the case of its request. */
async function shown(sealed: Sealed | null, { outflow, context, kind, field }: OutflowValue) {
  const request = sealed === null ? null : await context.loader(loadRequests).load(outflow.requestId);
  if (sealed === null || request === null) return null;
  return discloseOf({ kind, sealed, thing: 'stop-payment-outflow', field, of: { ...outflow, caseId: request.caseId } });
}
