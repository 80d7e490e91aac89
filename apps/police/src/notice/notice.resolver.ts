import { PageArguments, Warning, connectionOf, pageOf, readPage, type RequestContext } from '@lianfang/subgraph';
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { StopPaymentRequest } from '../stop-payment-request/stop-payment-request.entity';
import { loadRequests } from '../stop-payment-request/stop-payment-request.loader';
import { Notice } from './notice.entity';
import { NoticeFilter } from './notice.input';
import { listNotices, noticePlace, placeOfNotice } from './notice.query';

const NoticeConnection = connectionOf(Notice);

/** Reads notices. */
@Resolver(() => Notice)
export class NoticeResolver {
  @Query(() => NoticeConnection, { nullable: true, description: "Notices of the caller's region that may be told by now, newest first." })
  async notices(
    @Arg('filter', () => NoticeFilter, { nullable: true, description: 'What the list is narrowed to.' }) filter: NoticeFilter | null,
    @Args(() => PageArguments) asked: PageArguments,
    @Ctx() context: RequestContext,
  ) {
    const page = readPage(asked, noticePlace);
    return pageOf(await listNotices(await context.manager(), filter ?? {}, { now: context.clock.now(), page }), page, placeOfNotice);
  }

  @FieldResolver(() => [Warning], { description: 'What it says, line by line, as codes with sentences.' })
  lines(@Root() { storedLines }: Notice) {
    return storedLines;
  }

  @FieldResolver(() => StopPaymentRequest, { nullable: true, description: 'The request it is about.' })
  request(@Root() { requestId }: Notice, @Ctx() context: RequestContext) {
    return requestId === null ? null : context.loader(loadRequests).load(requestId);
  }
}
