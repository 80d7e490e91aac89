import { Instant } from '@lianfang/subgraph';
import { Field, ID, InputType, Int } from 'type-graphql';
import { FraudCaseStates } from './fraud-case.entity';
import type { FraudCaseState } from './fraud-case.lifecycle';
import { ApplicationFormInput } from './report-fraud.input';

/** What every action on a case says. */
@InputType()
abstract class CaseStepInput {
  @Field(() => String, { description: 'Minted by the client, 1 to 128 characters; a repeat changes nothing.' })
  idempotencyKey: string;

  @Field(() => ID, { description: 'The case.' })
  caseId: string;

  @Field(() => Int, { description: 'The version that was seen.' })
  version: number;
}

/** Acceptance 受案. */
@InputType({ description: 'Acceptance 受案 of a report.' })
export class AcceptFraudCaseInput extends CaseStepInput {
  @Field(() => String, { description: 'What became of the acceptance receipt: HANDED_OVER, REFUSED or UNREACHABLE.' })
  receipt: string;
}

/** Verification 调查核实. */
@InputType({ description: 'The facts are unclear: verify before deciding.' })
export class VerifyFraudCaseInput extends CaseStepInput {
  @Field(() => String, { description: 'What has to be verified.' })
  reason: string;
}

/** Opening 立案. */
@InputType({ description: 'The decision to open the case 立案, by a leader who did not accept it.' })
export class OpenFraudCaseInput extends CaseStepInput {
  @Field(() => String, { description: 'Number of the decision 立案决定书, with its year in 〔〕.' })
  documentNumber: string;
}

/** The decision not to open 不予立案. */
@InputType({ description: 'The decision that no case is opened 不予立案.' })
export class DeclineFraudCaseInput extends CaseStepInput {
  @Field(() => String, { description: 'Number of the notice 不予立案通知书, with its year in 〔〕.' })
  documentNumber: string;

  @Field(() => String, { description: 'Why no case is opened.' })
  reason: string;
}

/** Merging 并案. */
@InputType({ description: 'Merging 并案: the case is carried on in another.' })
export class MergeFraudCaseInput extends CaseStepInput {
  @Field(() => ID, { description: 'The case that carries it on.' })
  intoCaseId: string;

  @Field(() => String, { description: 'Why they are one case.' })
  reason: string;
}

/** The form of a report by phone, signed later. */
@InputType({ description: 'The application form of a report that was taken by phone, signed later.' })
export class SignApplicationFormInput extends CaseStepInput {
  @Field(() => ApplicationFormInput, { description: 'The form.' })
  applicationForm: ApplicationFormInput;

  @Field(() => Boolean, { defaultValue: false, description: 'The reporter declared to bear the loss of a false report (86-10).' })
  liabilityDeclared?: boolean;
}

/** What became known of a phone after the report. */
@InputType({ description: 'What became known after the report of a phone of the case; what is left out stays as it is.' })
export class ChangePhoneFlagsInput extends CaseStepInput {
  @Field(() => Boolean, { nullable: true, description: 'The phone is remotely controlled: nothing is sent to it.' })
  phoneControlled?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Calls are forwarded: nothing is confirmed by that phone.' })
  callsForwarded?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'The screen is shared: nothing is sent to it.' })
  screenShared?: boolean | null;
}

/** What a list of cases is narrowed to. */
@InputType({ description: 'What a list of cases is narrowed to; what is left out narrows nothing.' })
export class FraudCaseFilter {
  @Field(() => FraudCaseStates, { nullable: true, description: 'Only cases in this state.' })
  state?: FraudCaseState | null;

  @Field(() => String, { nullable: true, description: 'Only cases of this unit, 12 digits.' })
  unitCode?: string | null;

  @Field(() => String, { nullable: true, description: 'Only cases of this primary crime type.' })
  crimeType?: string | null;

  @Field(() => Instant, { nullable: true, description: 'Reported at or after.' })
  reportedFrom?: Date | null;

  @Field(() => Instant, { nullable: true, description: 'Reported before.' })
  reportedUntil?: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'Only cases that the caller reported, accepted or decided.' })
  mine?: boolean | null;
}

/** By what cases are searched: exactly one, exact. */
@InputType({ description: 'By what cases are searched: exactly one value, found only whole. Every search is recorded, without the value.' })
export class FraudCaseSearch {
  @Field(() => String, { nullable: true, description: 'Case number.' })
  caseNumber?: string | null;

  @Field(() => String, { nullable: true, description: 'Account of a payer, payee or lead.' })
  accountNumber?: string | null;

  @Field(() => String, { nullable: true, description: 'Phone of a person, contact or lead.' })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'Number of a document of identity, or social credit code.' })
  idNumber?: string | null;
}
