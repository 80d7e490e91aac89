import { lifecycle, type ActionOf, type StateOf } from '@lianfang/vocabulary';

/** The life of an appeal against a stop (申诉). Its clock never decides: an overdue appeal is told, not lapsed. */
export const appealLifecycle = lifecycle('appeal', {
  FILE: { from: [], to: 'RECEIVED', by: 'police', law: 'AF-32' },
  UPHOLD: { from: ['RECEIVED'], to: 'UPHELD', by: 'police', law: 'DL-25' },
  DISMISS: { from: ['RECEIVED'], to: 'DISMISSED', by: 'police', law: 'DL-26' },
});

/** A state of an appeal, as in `UPHELD`. */
export type AppealState = StateOf<typeof appealLifecycle>;

/** An action on an appeal, as in `UPHOLD`. */
export type AppealAction = ActionOf<typeof appealLifecycle>;
