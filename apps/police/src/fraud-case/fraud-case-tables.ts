import { CreateFraudCase1764000300000 } from '../migrations/1764000300000-create-fraud-case';
import { CreateCasePerson1764000301000 } from '../migrations/1764000301000-create-case-person';
import { CreateCaseTransfer1764000302000 } from '../migrations/1764000302000-create-case-transfer';
import { CreateCaseTrace1764000303000 } from '../migrations/1764000303000-create-case-trace';
import { AddAgentDetails1764000377000 } from '../migrations/1764000377000-add-agent-details';
import { CaseLead } from './case-lead.entity';
import { CasePerson } from './case-person.entity';
import { CaseDuplicate, CaseFact, CaseNumberSequence, CaseTrace } from './case-trace.entity';
import { CaseTransfer } from './case-transfer.entity';
import { FraudCase } from './fraud-case.entity';

/** What the data source lists from this feature. */
export const fraudCaseEntities = [FraudCase, CasePerson, CaseTransfer, CaseLead, CaseTrace, CaseDuplicate, CaseFact, CaseNumberSequence];

/** What the database runs from this feature. */
export const fraudCaseMigrations = [
  CreateFraudCase1764000300000, CreateCasePerson1764000301000, CreateCaseTransfer1764000302000, CreateCaseTrace1764000303000,
];

/** What was added to them later; it runs after every table stands. */
export const fraudCaseAdditions = [AddAgentDetails1764000377000];
