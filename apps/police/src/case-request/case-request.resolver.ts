import type { RequestContext } from '@lianfang/subgraph';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { FraudCase } from '../fraud-case/fraud-case.entity';
import { loadRequestsOfCases } from '../stop-payment-request/stop-payment-request.loader';
import { CaseRequest } from './case-request.entity';

/** The clock board of a case: its requests of every kind. */
@Resolver(() => FraudCase)
export class CaseRequestResolver {
  @FieldResolver(() => [CaseRequest], { description: 'Everything that was asked of other agencies for this case, oldest first: the clock board.' })
  requests(@Root() { id }: FraudCase, @Ctx() context: RequestContext) {
    return context.loader(loadRequestsOfCases).load(id);
  }
}
