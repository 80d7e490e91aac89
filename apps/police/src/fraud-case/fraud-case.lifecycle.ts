import { lifecycle, type ActionOf, type StateOf } from '@lianfang/vocabulary';

/** The life of a fraud case 接报 → 受案 → 立案 (公安机关办理刑事案件程序规定 169–181). Only an opened case allows a freeze. */
export const fraudCaseLifecycle = lifecycle('fraud-case', {
  REPORT: { from: [], to: 'REPORTED', by: 'police' },
  ACCEPT: { from: ['REPORTED'], to: 'ACCEPTED', by: 'police', law: 'CP-169' },
  VERIFY: { from: ['ACCEPTED'], to: 'VERIFYING', by: 'police', law: 'CP-174' },
  OPEN: { from: ['ACCEPTED', 'VERIFYING'], to: 'CASE_OPENED', by: 'police', law: 'CP-178' },
  DO_NOT_OPEN: { from: ['ACCEPTED', 'VERIFYING'], to: 'NOT_OPENED', by: 'police', law: 'CP-178' },
  MERGE: { from: ['REPORTED', 'ACCEPTED', 'VERIFYING', 'CASE_OPENED'], to: 'MERGED', by: 'police', law: 'CP-175' },
});

/** A state of a fraud case, as in `CASE_OPENED`. */
export type FraudCaseState = StateOf<typeof fraudCaseLifecycle>;

/** An action on a fraud case, as in `OPEN`. */
export type FraudCaseAction = ActionOf<typeof fraudCaseLifecycle>;
