import { resultOf, type RequestContext } from '@lianfang/subgraph';
import type { Refused } from '@lianfang/vocabulary';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { actionContext } from '../action-context';
import { addCaseLeads, addCaseTransfers, signApplicationForm } from './add-to-case.actions';
import { AddCaseLeadsInput, AddCaseTransfersInput } from './case-transfer.input';
import { changePhoneFlags } from './change-phone-flags.actions';
import { acceptFraudCase, declineFraudCase, mergeFraudCase, openFraudCase, verifyFraudCase } from './decide-fraud-case.actions';
import { FraudCase } from './fraud-case.entity';
import { AcceptFraudCaseInput, ChangePhoneFlagsInput, DeclineFraudCaseInput, MergeFraudCaseInput, OpenFraudCaseInput, SignApplicationFormInput, VerifyFraudCaseInput } from './fraud-case.input';
import { reportFraud } from './report-fraud.actions';
import { ReportFraudInput } from './report-fraud.input';

const caseResult = (name: string) => resultOf(name, () => FraudCase);
const ReportFraudResult = caseResult('ReportFraudResult');
const AcceptFraudCaseResult = caseResult('AcceptFraudCaseResult');
const VerifyFraudCaseResult = caseResult('VerifyFraudCaseResult');
const OpenFraudCaseResult = caseResult('OpenFraudCaseResult');
const DeclineFraudCaseResult = caseResult('DeclineFraudCaseResult');
const MergeFraudCaseResult = caseResult('MergeFraudCaseResult');
const AddCaseTransfersResult = caseResult('AddCaseTransfersResult');
const AddCaseLeadsResult = caseResult('AddCaseLeadsResult');
const SignApplicationFormResult = caseResult('SignApplicationFormResult');
const ChangePhoneFlagsResult = caseResult('ChangePhoneFlagsResult');

const input = { description: 'What is submitted.' };
type Outcome = Promise<FraudCase | Refused>;

/** Changes fraud cases. */
@Resolver()
export class FraudCaseChangeResolver {
  @Mutation(() => ReportFraudResult, { description: 'Takes a report of fraud 接报. Values are refused all at once, each with its path; likely duplicates are linked, never refused.' })
  reportFraud(@Arg('input', () => ReportFraudInput, input) given: ReportFraudInput, @Ctx() context: RequestContext): Outcome {
    return reportFraud(actionContext(context), given);
  }

  @Mutation(() => AcceptFraudCaseResult, { description: 'Accepts a report 受案; the first stop-payment request should follow within 30 minutes (DL-01).' })
  acceptFraudCase(@Arg('input', () => AcceptFraudCaseInput, input) given: AcceptFraudCaseInput, @Ctx() context: RequestContext): Outcome {
    return acceptFraudCase(actionContext(context), given);
  }

  @Mutation(() => VerifyFraudCaseResult, { description: 'Has unclear facts verified first 调查核实; no freeze meanwhile.' })
  verifyFraudCase(@Arg('input', () => VerifyFraudCaseInput, input) given: VerifyFraudCaseInput, @Ctx() context: RequestContext): Outcome {
    return verifyFraudCase(actionContext(context), given);
  }

  @Mutation(() => OpenFraudCaseResult, { description: 'Opens the case 立案: a leader of county level or above, not who accepted it (CP-178).' })
  openFraudCase(@Arg('input', () => OpenFraudCaseInput, input) given: OpenFraudCaseInput, @Ctx() context: RequestContext): Outcome {
    return openFraudCase(actionContext(context), given);
  }

  @Mutation(() => DeclineFraudCaseResult, { description: 'Decides that no case is opened 不予立案 (CP-178).' })
  declineFraudCase(@Arg('input', () => DeclineFraudCaseInput, input) given: DeclineFraudCaseInput, @Ctx() context: RequestContext): Outcome {
    return declineFraudCase(actionContext(context), given);
  }

  @Mutation(() => MergeFraudCaseResult, { description: 'Merges a case into another 并案; its rows stay its own (CP-175).' })
  mergeFraudCase(@Arg('input', () => MergeFraudCaseInput, input) given: MergeFraudCaseInput, @Ctx() context: RequestContext): Outcome {
    return mergeFraudCase(actionContext(context), given);
  }

  @Mutation(() => AddCaseTransfersResult, { description: 'Adds transfers, or corrects some: what was entered stays, the loss is counted anew.' })
  addCaseTransfers(@Arg('input', () => AddCaseTransfersInput, input) given: AddCaseTransfersInput, @Ctx() context: RequestContext): Outcome {
    return addCaseTransfers(actionContext(context), given);
  }

  @Mutation(() => AddCaseLeadsResult, { description: 'Adds leads, or corrects some: what was entered stays.' })
  addCaseLeads(@Arg('input', () => AddCaseLeadsInput, input) given: AddCaseLeadsInput, @Ctx() context: RequestContext): Outcome {
    return addCaseLeads(actionContext(context), given);
  }

  @Mutation(() => SignApplicationFormResult, { description: 'Records that the form of a report by phone was signed; its catch-up clock ends.' })
  signApplicationForm(@Arg('input', () => SignApplicationFormInput, input) given: SignApplicationFormInput, @Ctx() context: RequestContext): Outcome {
    return signApplicationForm(actionContext(context), given);
  }

  @Mutation(() => ChangePhoneFlagsResult, { description: 'Says after the report whether a phone of the case is remotely controlled, forwarded or shared: nothing goes to such a phone.' })
  changePhoneFlags(@Arg('input', () => ChangePhoneFlagsInput, input) given: ChangePhoneFlagsInput, @Ctx() context: RequestContext): Outcome {
    return changePhoneFlags(actionContext(context), given);
  }
}
