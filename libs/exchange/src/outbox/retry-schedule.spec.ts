import fc from 'fast-check';
import { LONGEST_PAUSE, deliveryPause, retryPause } from './retry-schedule';

describe('the pause after a failed delivery', () => {
  it('grows from 0.2 s to 30 s and stays there', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 100].map((failures) => retryPause(failures, 0.5))).toEqual([200, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('is spread by a fifth at most, so that partners do not come back at one moment', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (failures, chance) => {
        const middle = retryPause(failures, 0.5);
        expect(Math.abs(retryPause(failures, chance) - middle)).toBeLessThanOrEqual(Math.ceil(middle * 0.2));
        expect(retryPause(failures, chance)).toBeLessThanOrEqual(LONGEST_PAUSE * 1.2);
      }),
    );
  });
});

describe('the pause before a batch is posted again', () => {
  it.each(['REFUSED', 'NOT_BELIEVED'] as const)('is short for the first three that are %s, because a line may have changed a byte; then it is the longest', (failure) => {
    expect([1, 2, 3, 4, 100].map((attempts) => deliveryPause(failure, attempts, 0.5))).toEqual([200, 500, 1_000, LONGEST_PAUSE, LONGEST_PAUSE]);
  });

  it('is the longest at once when two pasts are shown', () => {
    expect(deliveryPause('CHAINS_DIFFER', 1, 0.5)).toBe(LONGEST_PAUSE);
  });
});
