import { approvalLevelOf, isLevelAtLeast, refuse, regionLevelWords, type Refusal, type RegionLevel } from '@lianfang/vocabulary';
import type { StopPaymentBatch } from './stop-payment-batch.entity';

/** What the rules ask of an approval. */
export interface ApprovalFacts {
  readonly approverId: string;
  readonly operatorId: string;
  /** Region of the approver's unit, GB/T 2260. */
  readonly approverRegion: string;
  /** The least level that any request of the batch needs. */
  readonly requiredLevel: RegionLevel;
  /** Whether another unit has a stop on one of the accounts. */
  readonly isShared: boolean;
  readonly reason: string | null;
  readonly hasLegalDocument: boolean;
  readonly legalDocumentMayFollow: boolean;
  /** Numbers of the approval that belong to another case's document. */
  readonly usedDocumentNumbers: readonly string[];
}

type ApprovalRule = (facts: ApprovalFacts) => Refusal | undefined;

/** Two persons: who proposed may not approve (86-1). */
export const isAnotherPerson = ({ approverId, operatorId }: Pick<ApprovalFacts, 'approverId' | 'operatorId'>): Refusal | undefined =>
  (approverId === operatorId ? refuse('SAME_PERSON', { law: '86-1' }) : undefined);

/** The approver's unit has the required level; a level above will do (workflows 2.0). */
export const hasLevel = ({ approverRegion, requiredLevel }: Pick<ApprovalFacts, 'approverRegion' | 'requiredLevel'>): Refusal | undefined => {
  if (isLevelAtLeast(approvalLevelOf(approverRegion), requiredLevel)) return undefined;
  const { zh, en } = regionLevelWords[requiredLevel];
  return refuse('LEVEL_TOO_LOW', { law: '86-5', parameters: { level: requiredLevel, levelZh: zh, levelEn: en } });
};

/** A further stop on an account that another unit has stopped is reasoned (practice C). */
export const isReasonedWhenShared: ApprovalRule = ({ isShared, reason }) => (isShared && reason === null ? refuse('OTHER_UNIT_NEEDS_REASON', { path: 'reason', law: '86-5' }) : undefined);

/** The legal document is on record, unless it may follow (86-1, practice A1). */
export const hasLegalDocument: ApprovalRule = ({ hasLegalDocument: has, legalDocumentMayFollow }) =>
  has || legalDocumentMayFollow ? undefined : refuse('LEGAL_DOCUMENT_MISSING', { path: 'legalDocumentNumber', law: '86-1' });

/** A document number stands for one document (workflows 2.0, "reused number"). */
export const hasFreshDocument: ApprovalRule = ({ usedDocumentNumbers: [number] }) =>
  number === undefined ? undefined : refuse('DOCUMENT_NUMBER_USED', { path: 'legalDocumentNumber', parameters: { number } });

/** What an approval must fulfil, in the order in which it is told. */
export const approvalRules: readonly ApprovalRule[] = [isAnotherPerson, hasLevel, isReasonedWhenShared, hasLegalDocument, hasFreshDocument];

/** Every rule's "no", in order. */
export const refuseApproval = (facts: ApprovalFacts): Refusal[] => approvalRules.flatMap((rule) => rule(facts) ?? []);

/** A batch is decided once, and as it was seen. */
export function refuseDecided({ decision, version }: Pick<StopPaymentBatch, 'decision' | 'version'>, seen: number): Refusal | undefined {
  if (decision !== null) return refuse('BATCH_DECIDED', { parameters: { state: decision } });
  return version === seen ? undefined : refuse('CHANGED_MEANWHILE', { path: 'version' });
}
