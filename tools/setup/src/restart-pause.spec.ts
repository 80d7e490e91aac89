import { pauseBeforeRestart } from './restart-pause';

describe('the pause before a crashed process starts again', () => {
  it('doubles from one second to half a minute', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map(pauseBeforeRestart.of)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('begins anew after a minute of steady running', () => {
    expect(pauseBeforeRestart.isSteady(59_999)).toBe(false);
    expect(pauseBeforeRestart.isSteady(60_000)).toBe(true);
  });
});
