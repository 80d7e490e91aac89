import { codesOf } from '@lianfang/vocabulary';
import { registerEnumType } from 'type-graphql';
import { appealLifecycle, type AppealAction } from './appeal.lifecycle';

/** The states as an enum; the list itself is the lifecycle's. */
export const AppealStates = codesOf(appealLifecycle.states);

registerEnumType(AppealStates, {
  name: 'AppealState',
  description: 'Where an appeal stands.',
  valuesConfig: {
    RECEIVED: { description: '已受理: it has a number and waits for its decision.' },
    UPHELD: { description: '申诉成立: the release of the stop was ordered with the decision (DL-25).' },
    DISMISSED: { description: '申诉不成立: the stop stays, with a reason.' },
  },
});

/** What may be decided. */
export const AppealDecision = codesOf(['UPHELD', 'DISMISSED']);

/** A decision, as in `UPHELD`. */
export type AppealDecision = keyof typeof AppealDecision;

registerEnumType(AppealDecision, {
  name: 'AppealDecision',
  description: 'What may be decided about an appeal.',
  valuesConfig: { UPHELD: { description: 'The appellant is right: release at once.' }, DISMISSED: { description: 'The stop was right and stays.' } },
});

/** The lifecycle's action for each decision. */
export const actionOf = { UPHELD: 'UPHOLD', DISMISSED: 'DISMISS' } as const satisfies Record<AppealDecision, AppealAction>;
