import { fieldPermissions } from '@lianfang/access';
import type { SubgraphParts } from '@lianfang/subgraph';
import { AppealResolver, RequestAppealResolver } from './appeal/appeal.resolver';
import { CaseRequestResolver } from './case-request/case-request.resolver';
import { CaseLeadResolver, CasePersonResolver, CaseTransferResolver } from './fraud-case/case-row.resolver';
import { FraudCaseChangeResolver } from './fraud-case/fraud-case-change.resolver';
import { fraudCaseReference } from './fraud-case/fraud-case.reference';
import { FraudCaseResolver } from './fraud-case/fraud-case.resolver';
import { InstitutionPrefixResolver } from './institution-prefix/institution-prefix.resolver';
import { NoticeResolver } from './notice/notice.resolver';
import { StopPaymentBatchResolver } from './stop-payment-request/stop-payment-batch.resolver';
import { StopPaymentChangeResolver } from './stop-payment-request/stop-payment-change.resolver';
import { StopPaymentOutflowResolver } from './stop-payment-request/stop-payment-outflow.resolver';
import { stopPaymentRequestReference } from './stop-payment-request/stop-payment-request.reference';
import { StopPaymentRequestResolver } from './stop-payment-request/stop-payment-request.resolver';

/** What the police subgraph is made from. A feature adds its resolvers and references here. */
export const subgraphParts: SubgraphParts = {
  resolvers: [
    FraudCaseResolver, FraudCaseChangeResolver, CasePersonResolver, CaseTransferResolver, CaseLeadResolver,
    CaseRequestResolver, StopPaymentRequestResolver, StopPaymentBatchResolver, StopPaymentOutflowResolver, StopPaymentChangeResolver,
    NoticeResolver, InstitutionPrefixResolver, AppealResolver, RequestAppealResolver,
  ],
  references: { FraudCase: fraudCaseReference, StopPaymentRequest: stopPaymentRequestReference },
  fieldPermissions,
};
