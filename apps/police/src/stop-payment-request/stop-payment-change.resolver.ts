import { resultOf, type RequestContext } from '@lianfang/subgraph';
import type { Refused } from '@lianfang/vocabulary';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { actionContext } from '../action-context';
import { approveStopPaymentBatch } from './approve-stop-payment-batch.actions';
import { cancelStopPaymentRequest } from './cancel-stop-payment-request.actions';
import { orderStopPaymentRelease } from './order-stop-payment-release.actions';
import { proposeStopPayments } from './propose-stop-payments.actions';
import { readStopPaymentRows } from './read-stop-payment-rows.actions';
import { correctStopPayment, requestSecondStop } from './repeat-stop-payment.actions';
import { recordLegalDocument } from './record-legal-document.actions';
import { correctStopPayments, retryStopPaymentBatch } from './repeat-stop-payment-batch.actions';
import { requestProtectiveHold } from './request-protective-hold.actions';
import { RequestProtectiveHoldInput } from './request-protective-hold.input';
import { returnStopPaymentBatch } from './return-stop-payment-batch.actions';
import { StopPaymentBatch } from './stop-payment-batch.entity';
import { StopPaymentRequest } from './stop-payment-request.entity';
import {
  ApproveStopPaymentBatchInput, CancelStopPaymentRequestInput, CorrectStopPaymentInput, CorrectStopPaymentsInput, OrderStopPaymentReleaseInput, ProposeStopPaymentsInput,
  ReadStopPaymentRowsInput, RecordLegalDocumentInput, RequestSecondStopInput, RetryStopPaymentBatchInput, ReturnStopPaymentBatchInput,
} from './stop-payment-request.input';
import { StopPaymentRows } from './stop-payment-row.entity';

const ProposeStopPaymentsResult = resultOf('ProposeStopPaymentsResult', () => StopPaymentBatch);
const ReadStopPaymentRowsResult = resultOf('ReadStopPaymentRowsResult', () => StopPaymentRows);
const ApproveStopPaymentBatchResult = resultOf('ApproveStopPaymentBatchResult', () => StopPaymentBatch);
const ReturnStopPaymentBatchResult = resultOf('ReturnStopPaymentBatchResult', () => StopPaymentBatch);
const RecordLegalDocumentResult = resultOf('RecordLegalDocumentResult', () => StopPaymentBatch);
const CorrectStopPaymentResult = resultOf('CorrectStopPaymentResult', () => StopPaymentBatch);
const CorrectStopPaymentsResult = resultOf('CorrectStopPaymentsResult', () => StopPaymentBatch);
const RetryStopPaymentBatchResult = resultOf('RetryStopPaymentBatchResult', () => StopPaymentBatch);
const RequestProtectiveHoldResult = resultOf('RequestProtectiveHoldResult', () => StopPaymentBatch);
const RequestSecondStopResult = resultOf('RequestSecondStopResult', () => StopPaymentBatch);
const CancelStopPaymentRequestResult = resultOf('CancelStopPaymentRequestResult', () => StopPaymentRequest);
const OrderStopPaymentReleaseResult = resultOf('OrderStopPaymentReleaseResult', () => StopPaymentRequest);

const input = { description: 'What is submitted.' };
type BatchOutcome = Promise<StopPaymentBatch | Refused>;
type RequestOutcome = Promise<StopPaymentRequest | Refused>;

/** Changes stop-payments. */
@Resolver()
export class StopPaymentChangeResolver {
  @Mutation(() => ProposeStopPaymentsResult, { description: 'Proposes stops of one case as one batch. Rows that pass become requests; the others are listed in `refusedItems`. Refused when no row passes.' })
  proposeStopPayments(@Arg('input', () => ProposeStopPaymentsInput, input) given: ProposeStopPaymentsInput, @Ctx() context: RequestContext): BatchOutcome {
    return proposeStopPayments(actionContext(context), given);
  }

  @Mutation(() => ReadStopPaymentRowsResult, { description: 'Reads a table pasted from a sheet and says for each row what a proposal would say; stores nothing. A mutation, so that the accounts stand in no address and no cache.' })
  readStopPaymentRows(@Arg('input', () => ReadStopPaymentRowsInput, input) given: ReadStopPaymentRowsInput, @Ctx() context: RequestContext): Promise<StopPaymentRows | Refused> {
    return readStopPaymentRows(actionContext(context), given);
  }

  @Mutation(() => ApproveStopPaymentBatchResult, { description: 'Approves a batch: every request is ordered with its own signed message (86-1). Another person than who proposed it, of the required level.' })
  approveStopPaymentBatch(@Arg('input', () => ApproveStopPaymentBatchInput, input) given: ApproveStopPaymentBatchInput, @Ctx() context: RequestContext): BatchOutcome {
    return approveStopPaymentBatch(actionContext(context), given);
  }

  @Mutation(() => ReturnStopPaymentBatchResult, { description: 'Returns a batch to its unit with a reason.' })
  returnStopPaymentBatch(@Arg('input', () => ReturnStopPaymentBatchInput, input) given: ReturnStopPaymentBatchInput, @Ctx() context: RequestContext): BatchOutcome {
    return returnStopPaymentBatch(actionContext(context), given);
  }

  @Mutation(() => RecordLegalDocumentResult, { description: 'Records the legal document that follows an order, in one or in all stops of a batch, and tells each bank. Once per stop.' })
  recordLegalDocument(@Arg('input', () => RecordLegalDocumentInput, input) given: RecordLegalDocumentInput, @Ctx() context: RequestContext): BatchOutcome {
    return recordLegalDocument(actionContext(context), given);
  }

  @Mutation(() => CancelStopPaymentRequestResult, { description: 'Takes a proposed stop back before it is approved.' })
  cancelStopPaymentRequest(@Arg('input', () => CancelStopPaymentRequestInput, input) given: CancelStopPaymentRequestInput, @Ctx() context: RequestContext): RequestOutcome {
    return cancelStopPaymentRequest(actionContext(context), given);
  }

  @Mutation(() => CorrectStopPaymentResult, { description: 'Proposes again what was not executed, with what differs and everything else copied; needs the second person again.' })
  correctStopPayment(@Arg('input', () => CorrectStopPaymentInput, input) given: CorrectStopPaymentInput, @Ctx() context: RequestContext): BatchOutcome {
    return correctStopPayment(actionContext(context), given);
  }

  @Mutation(() => CorrectStopPaymentsResult, { description: 'Corrects several requests of one batch at once, as one new batch; rows that cannot be corrected are listed in `refusedItems`.' })
  correctStopPayments(@Arg('input', () => CorrectStopPaymentsInput, input) given: CorrectStopPaymentsInput, @Ctx() context: RequestContext): BatchOutcome {
    return correctStopPayments(actionContext(context), given);
  }

  @Mutation(() => RetryStopPaymentBatchResult, { description: 'Proposes again, as one new batch, what ended by a technical cause or a lapsed order; mismatches and lawful refusals stay where they are.' })
  retryStopPaymentBatch(@Arg('input', () => RetryStopPaymentBatchInput, input) given: RetryStopPaymentBatchInput, @Ctx() context: RequestContext): BatchOutcome {
    return retryStopPaymentBatch(actionContext(context), given);
  }

  @Mutation(() => RequestProtectiveHoldResult, { description: "Proposes a hold of the victim's own accounts at the victim's wish (保护性止付), as one batch; the second person decides as for stops." })
  requestProtectiveHold(@Arg('input', () => RequestProtectiveHoldInput, input) given: RequestProtectiveHoldInput, @Ctx() context: RequestContext): BatchOutcome {
    return requestProtectiveHold(actionContext(context), given);
  }

  @Mutation(() => RequestSecondStopResult, { description: 'Proposes the second and last stop of an account that the unit has stopped once (86-5).' })
  requestSecondStop(@Arg('input', () => RequestSecondStopInput, input) given: RequestSecondStopInput, @Ctx() context: RequestContext): BatchOutcome {
    return requestSecondStop(actionContext(context), given);
  }

  @Mutation(() => OrderStopPaymentReleaseResult, { description: 'Orders the release of a stop, or withdraws an order that is not executed yet (DL-25).' })
  orderStopPaymentRelease(@Arg('input', () => OrderStopPaymentReleaseInput, input) given: OrderStopPaymentReleaseInput, @Ctx() context: RequestContext): RequestOutcome {
    return orderStopPaymentRelease(actionContext(context), given);
  }
}
