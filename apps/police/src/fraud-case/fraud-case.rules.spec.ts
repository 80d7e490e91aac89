import { callers } from '@lianfang/testing';
import { fraudCaseLifecycle } from './fraud-case.lifecycle';
import { hasEnded, isAnotherCase, isCarriedOn, isDecidedAtCountyLevel, isDecidedByAnother, isNotSignedYet, targetIsCarriedOn } from './fraud-case.rules';

describe('the rules of a decision', () => {
  it('refuse who accepted the report', () => {
    expect(isDecidedByAnother({ fraudCase: { acceptedById: callers.leader.id }, caller: callers.leader })).toMatchObject({ code: 'SAME_PERSON', law: 'CP-178' });
    expect(isDecidedByAnother({ fraudCase: { acceptedById: callers.officer.id }, caller: callers.leader })).toBeUndefined();
  });

  it('ask for a leader of county level or above', () => {
    for (const leader of [callers.leader, callers.leaderOfCity, callers.leaderOfProvince]) expect(isDecidedAtCountyLevel({ fraudCase: { acceptedById: null }, caller: leader })).toBeUndefined();
    expect(isDecidedAtCountyLevel({ fraudCase: { acceptedById: null }, caller: { ...callers.leader, region: null } })).toMatchObject({ code: 'LEVEL_TOO_LOW' });
  });
});

describe('the rules of a merger', () => {
  it('refuse a case into itself', () => {
    expect(isAnotherCase({ fraudCase: { id: 'a' }, into: { id: 'a', state: 'ACCEPTED' } })).toMatchObject({ code: 'MERGE_INTO_ITSELF', path: 'intoCaseId' });
    expect(isAnotherCase({ fraudCase: { id: 'a' }, into: { id: 'b', state: 'ACCEPTED' } })).toBeUndefined();
  });

  it('refuse a target that has ended', () => {
    expect(targetIsCarriedOn({ fraudCase: { id: 'a' }, into: { id: 'b', state: 'NOT_OPENED' } })).toMatchObject({ code: 'MERGE_TARGET_ENDED' });
    expect(targetIsCarriedOn({ fraudCase: { id: 'a' }, into: { id: 'b', state: 'CASE_OPENED' } })).toBeUndefined();
  });
});

it('a case has ended when it was merged or not opened, in no other state', () => {
  expect(fraudCaseLifecycle.states.filter((state) => hasEnded({ state }))).toEqual(['NOT_OPENED', 'MERGED']);
  expect(isCarriedOn({ state: 'MERGED' })).toMatchObject({ code: 'CASE_ENDED' });
});

it('a form is signed once', () => {
  expect(isNotSignedYet({ formState: 'SIGNED' })).toMatchObject({ code: 'FORM_ALREADY_SIGNED' });
  expect(isNotSignedYet({ formState: 'OVERDUE' })).toBeUndefined();
});
