import { addTallies, closingLine, emptyTally, projectTally, stepTally } from './tally';

describe('the closing line of npm test', () => {
  it('sums tests of all projects and the steps around them', () => {
    const tests = projectTally([{ passed: 600, failed: 0, skipped: 0 }, { passed: 12, failed: 1, skipped: 0 }], { projects: 2, succeeded: false });

    expect(closingLine(addTallies(tests, stepTally(true)))).toBe('613 passed, 1 failed');
  });

  it('counts a skipped test as failed and says so', () => {
    expect(closingLine({ passed: 5, failed: 0, skipped: 2 })).toBe('5 passed, 2 failed (2 of them skipped, which is not allowed)');
  });

  it('counts a project that left no counts as a failure', () => {
    expect(projectTally([{ passed: 3, failed: 0, skipped: 0 }], { projects: 2, succeeded: false })).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });

  it('never calls a run passed that ended badly, even when every count is good', () => {
    expect(projectTally([{ passed: 3, failed: 0, skipped: 0 }], { projects: 1, succeeded: false }).failed).toBe(1);
    expect(projectTally([emptyTally], { projects: 1, succeeded: true }).failed).toBe(0);
  });
});
