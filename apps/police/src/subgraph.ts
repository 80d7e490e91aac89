import { fieldPermissions } from '@lianfang/access';
import type { SubgraphParts } from '@lianfang/subgraph';
import { CaseLeadResolver, CasePersonResolver, CaseTransferResolver } from './fraud-case/case-row.resolver';
import { FraudCaseChangeResolver } from './fraud-case/fraud-case-change.resolver';
import { fraudCaseReference } from './fraud-case/fraud-case.reference';
import { FraudCaseResolver } from './fraud-case/fraud-case.resolver';

/** What the police subgraph is made from. A feature adds its resolvers and references here. */
export const subgraphParts: SubgraphParts = {
  resolvers: [FraudCaseResolver, FraudCaseChangeResolver, CasePersonResolver, CaseTransferResolver, CaseLeadResolver],
  references: { FraudCase: fraudCaseReference },
  fieldPermissions,
};
