import { HOUR, MINUTE, offsetClock, setClock } from './clock';

describe('a clock', () => {
  it('runs ahead of the machine by its offset', () => {
    const before = Date.now();
    const ahead = offsetClock(49 * HOUR).now().getTime();

    expect(ahead - 49 * HOUR).toBeGreaterThanOrEqual(before);
    expect(ahead - 49 * HOUR).toBeLessThanOrEqual(Date.now());
  });

  it('that is set stands still until it is moved', () => {
    const clock = setClock('2026-05-01T00:00:00Z');
    expect(clock.now()).toEqual(clock.now());

    clock.advance(48 * HOUR + MINUTE);
    expect(clock.now()).toEqual(new Date('2026-05-03T00:01:00Z'));

    clock.set('2026-01-01T00:00:00Z');
    expect(clock.now()).toEqual(new Date('2026-01-01T00:00:00Z'));
  });

  it('cannot be moved through a date that it gave away', () => {
    const clock = setClock('2026-05-01T00:00:00Z');
    clock.now().setFullYear(1999);
    expect(clock.now().getUTCFullYear()).toBe(2026);
  });
});
