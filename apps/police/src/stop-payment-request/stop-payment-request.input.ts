import { Field, ID, InputType, Int } from 'type-graphql';
import { BatchDecision } from './stop-payment-codes';
import { StopPaymentRequestStates } from './stop-payment-enums';
import type { StopPaymentRequestState } from './stop-payment-request.lifecycle';

const key = { description: 'Minted by the client, 1 to 128 characters; a repeat changes nothing.' };

/** A payee typed by hand. */
@InputType({ description: 'A payee typed by hand, with the facts that the bank matches (止付信息核对: name, account, amount, time).' })
export class StopPaymentPayeeInput {
  @Field(() => String, { description: 'Kind of payee, as in `BANK_CARD`.' })
  kind: string;

  @Field(() => String, { description: "Account, payment account, merchant or wallet number as typed; a sub-account as `main_sub`." })
  accountNumber: string;

  @Field(() => String, { nullable: true, description: "The holder's name." })
  holderName?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Says that the holder's name is not known; the bank then matches the other three." })
  nameUnknown?: boolean | null;

  @Field(() => String, { description: 'Amount of the transfer in yuan, as in `30000.00`.' })
  amount: string;

  @Field(() => String, { description: 'When the transfer was made: ISO 8601, or China time as in `2026-05-01 08:30:15`.' })
  transferredAt: string;

  @Field(() => Int, { nullable: true, description: '1 when the victim paid into it (default), 2 for the next layer, …' })
  layer?: number | null;
}

/** One row of a proposal. */
@InputType({ description: 'One account to stop: a transfer of the case, or a payee typed by hand.' })
export class StopPaymentItemInput {
  @Field(() => ID, { nullable: true, description: 'A transfer of the case.' })
  transferId?: string | null;

  @Field(() => StopPaymentPayeeInput, { nullable: true, description: 'A payee typed by hand.' })
  payee?: StopPaymentPayeeInput | null;

  @Field(() => String, { nullable: true, description: "The institution's code; found from the number's prefix when left out." })
  institution?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whole account or amount; by default whole for mule cards of layers 1 and 2, else the transfer.' })
  wholeAccount?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Amount to hold in yuan.' })
  amount?: string | null;

  @Field(() => String, { nullable: true, description: 'NATIONAL or LOCAL (default): which way the legal instrument goes.' })
  channel?: string | null;

  @Field(() => String, { nullable: true, description: 'Application number of the national platform (业务申请编号), up to 36 characters.' })
  externalApplicationNumber?: string | null;

  @Field(() => String, { nullable: true, description: 'Number of the legal document, where it is issued already.' })
  legalDocumentNumber?: string | null;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the legal document, 64 hexadecimal characters.' })
  legalDocumentHash?: string | null;
}

/** Stops to propose in one batch. */
@InputType({ description: 'Stops of one case to propose as one batch.' })
export class ProposeStopPaymentsInput {
  @Field(() => String, key)
  idempotencyKey: string;

  @Field(() => ID, { description: 'The case, accepted.' })
  caseId: string;

  @Field(() => [StopPaymentItemInput], { description: 'The accounts to stop; each gets its own request and its own order.' })
  items: StopPaymentItemInput[];

  @Field(() => String, { description: 'Why these accounts are to be stopped, in words.' })
  reason: string;
}

/** A table pasted from a sheet. */
@InputType({ description: 'A table pasted from a sheet, to be read row by row for a case; nothing is stored.' })
export class ReadStopPaymentRowsInput {
  @Field(() => ID, { description: 'The case, accepted.' })
  caseId: string;

  @Field(() => String, { description: 'CSV or tab-separated text: with a header in Chinese or English, or in the order account, name, institution, amount, time, layer, kind.' })
  text: string;
}

/** What every decision about a batch says. */
@InputType()
abstract class BatchStepInput {
  @Field(() => String, key)
  idempotencyKey: string;

  @Field(() => ID, { description: 'The batch.' })
  batchId: string;

  @Field(() => Int, { description: 'The version of the batch that was seen.' })
  version: number;
}

/** The approval of a batch. */
@InputType({ description: 'The approval of a batch, whole or in part, by another person than who proposed it (86-1).' })
export class ApproveStopPaymentBatchInput extends BatchStepInput {
  @Field(() => String, { nullable: true, description: 'Number of the legal document, issued in the case system, with its year in 〔〕.' })
  legalDocumentNumber?: string | null;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the legal document, 64 hexadecimal characters.' })
  legalDocumentHash?: string | null;

  @Field(() => String, { nullable: true, description: 'Due where another unit has stopped one of the accounts, and where requests are left out.' })
  reason?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Requests that are not approved: they are returned.' })
  exclude?: string[] | null;
}

/** One stop under a legal document. */
@InputType({ description: 'One stop that a legal document covers.' })
export class DocumentedStopInput {
  @Field(() => ID, { description: 'The request.' })
  requestId: string;

  @Field(() => String, { nullable: true, description: "Number of the national platform's message that carried the document (传输报文流水号), up to 53 characters." })
  externalMessageNumber?: string | null;
}

/** A legal document that follows. */
@InputType({ description: 'The legal document of a batch that was approved before it was issued (practice: the document is issued in the case system).' })
export class RecordLegalDocumentInput extends BatchStepInput {
  @Field(() => String, { description: 'Number of the legal document, with its year in 〔〕.' })
  legalDocumentNumber: string;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the legal document, 64 hexadecimal characters.' })
  legalDocumentHash?: string | null;

  @Field(() => [DocumentedStopInput], { nullable: true, description: 'The stops that it covers; left out: every stop of the batch that was ordered and has none.' })
  stops?: DocumentedStopInput[] | null;
}

/** The return of a batch. */
@InputType({ description: 'The return of a batch to its unit.' })
export class ReturnStopPaymentBatchInput extends BatchStepInput {
  @Field(() => String, { description: 'What to change before it is proposed again.' })
  reason: string;
}

/** What every step of a request says. */
@InputType()
abstract class RequestStepInput {
  @Field(() => String, key)
  idempotencyKey: string;

  @Field(() => ID, { description: 'The request.' })
  requestId: string;

  @Field(() => Int, { description: 'The version of the request that was seen.' })
  version: number;
}

/** A proposal taken back. */
@InputType({ description: 'A proposed stop taken back before it is approved.' })
export class CancelStopPaymentRequestInput extends RequestStepInput {
  @Field(() => String, { description: 'Why it is taken back.' })
  reason: string;
}

/** A release. */
@InputType({ description: 'The release of a stop (解除止付), or the withdrawal of an order that is not executed yet.' })
export class OrderStopPaymentReleaseInput extends RequestStepInput {
  @Field(() => String, { description: 'FALSE_REPORT, ERROR, APPEAL_UPHELD, WITHDRAWN_BY_VICTIM or UNRELATED.' })
  reason: string;
}

/** A second stop. */
@InputType({ description: 'The second and last stop of an account that the unit has stopped once (再次止付, 86-5).' })
export class RequestSecondStopInput extends RequestStepInput {
  @Field(() => String, { description: 'Why the account is to be stopped again.' })
  reason: string;
}

/** What differs. */
@InputType({ description: 'What differs from the request that was not executed; everything left out is taken over.' })
export class StopPaymentChangesInput {
  @Field(() => String, { nullable: true, description: 'Kind of payee.' })
  kind?: string;

  @Field(() => String, { nullable: true, description: 'Account number.' })
  accountNumber?: string;

  @Field(() => String, { nullable: true, description: "The holder's name." })
  holderName?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Says that the name is not known after all.' })
  nameUnknown?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Amount of the transfer in yuan.' })
  amount?: string;

  @Field(() => String, { nullable: true, description: 'When the transfer was made.' })
  transferredAt?: string;

  @Field(() => String, { nullable: true, description: "The institution's code." })
  institution?: string | null;
}

/** A correction. */
@InputType({ description: 'A correction after the bank found a fact different; also the same again after a technical cause.' })
export class CorrectStopPaymentInput extends RequestStepInput {
  @Field(() => StopPaymentChangesInput, { description: 'What differs.' })
  changes: StopPaymentChangesInput;

  @Field(() => String, { nullable: true, description: "Why; the first proposal's reason when left out." })
  reason?: string | null;
}

/** Several requests of a batch proposed again as they are. */
@InputType({ description: 'What failed in a batch for a technical cause or a lapsed order, proposed again as one batch (practice A5).' })
export class RetryStopPaymentBatchInput {
  @Field(() => String, key)
  idempotencyKey: string;

  @Field(() => ID, { description: 'The batch.' })
  batchId: string;

  @Field(() => String, { nullable: true, description: "Why; the first proposal's reason when left out." })
  reason?: string | null;
}

/** One row of several corrections. */
@InputType({ description: 'One request of the batch, and what differs.' })
export class StopPaymentCorrectionInput {
  @Field(() => ID, { description: 'The request.' })
  requestId: string;

  @Field(() => Int, { description: 'The version of the request that was seen.' })
  version: number;

  @Field(() => StopPaymentChangesInput, { description: 'What differs; empty after a technical cause or a lapsed order.' })
  changes: StopPaymentChangesInput;
}

/** Several corrections. */
@InputType({ description: 'Corrections of several requests of one batch, proposed again as one batch.' })
export class CorrectStopPaymentsInput extends RetryStopPaymentBatchInput {
  @Field(() => [StopPaymentCorrectionInput], { description: 'The requests to correct; each once.' })
  corrections: StopPaymentCorrectionInput[];
}

/** What a list of requests is narrowed to. */
@InputType({ description: 'What the list is narrowed to; what is left out does not narrow.' })
export class StopPaymentRequestFilter {
  @Field(() => [StopPaymentRequestStates], { nullable: true, description: 'Only in one of these states.' })
  states?: StopPaymentRequestState[] | null;

  @Field(() => ID, { nullable: true, description: 'Only of this case.' })
  caseId?: string | null;

  @Field(() => String, { nullable: true, description: 'Only to this institution.' })
  institution?: string | null;

  @Field(() => String, { nullable: true, description: 'Only of this unit, 12 digits.' })
  unitCode?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Only what the caller could approve now: proposed by somebody else, within reach and level.' })
  awaitingMyApproval?: boolean | null;
}

/** What a list of batches is narrowed to. */
@InputType({ description: 'What the list is narrowed to; what is left out does not narrow.' })
export class StopPaymentBatchFilter {
  @Field(() => ID, { nullable: true, description: 'Only of this case.' })
  caseId?: string | null;

  @Field(() => [BatchDecision], { nullable: true, description: 'Only with one of these decisions.' })
  decisions?: BatchDecision[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Only what waits for a decision.' })
  waiting?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Only what the caller could approve now: proposed by somebody else, within reach and level.' })
  awaitingMyApproval?: boolean | null;
}
