import { Instant } from './instant';

describe('an instant', () => {
  it('leaves in UTC with milliseconds and comes back as the same point in time', () => {
    expect(Instant.serialize(new Date('2026-01-31T16:00:00.5+08:00'))).toBe('2026-01-31T08:00:00.500Z');
    expect(Instant.parseValue('2026-01-31T08:00:00.500Z')).toEqual(new Date('2026-01-31T08:00:00.500Z'));
    expect(Instant.parseValue('2026-01-31T08:00:00Z')).toEqual(new Date('2026-01-31T08:00:00.000Z'));
  });

  it.each(['2026-02-30T08:00:00Z', '2026-01-31T08:00:00+08:00', '2026-01-31', '2026-01-31T25:00:00Z', 'now', '', 0, null, {}])('is never guessed from %p', (value) => {
    expect(() => Instant.parseValue(value)).toThrow('Expected an Instant');
  });
});
