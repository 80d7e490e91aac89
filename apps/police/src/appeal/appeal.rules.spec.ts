import { isUninvolved, tookEffect } from './appeal.rules';

describe('the rules of appeals', () => {
  it('take an appeal against a stop that runs or has run, and none against one that never took effect', () => {
    expect(tookEffect({ startedAt: new Date() })).toBeUndefined();
    expect(tookEffect({ startedAt: null })).toMatchObject({ code: 'APPEAL_WITHOUT_STOP', path: 'requestId', law: 'AF-32' });
  });

  it('let neither who proposed nor who approved the stop review it', () => {
    const batch = { operatorId: 'operator', approverId: 'approver' };

    expect([isUninvolved('operator', batch)?.code, isUninvolved('approver', batch)?.code]).toEqual(Array(2).fill('APPEAL_REVIEWER_INVOLVED'));
    expect(isUninvolved('another', batch)).toBeUndefined();
  });
});
