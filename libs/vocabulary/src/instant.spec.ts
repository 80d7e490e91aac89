import fc from 'fast-check';
import { chinaDay, chinaYear, formatChinaTime, isCalendarDay, parseInstant, refuseFuture } from './instant';

const iso = (text: string) => {
  const instant = parseInstant(text, 'at');
  return instant instanceof Date ? instant.toISOString() : instant.code;
};

describe('an instant', () => {
  it.each([
    ['2024-05-01T08:30:15+08:00', '2024-05-01T00:30:15.000Z'],
    ['2024-05-01T00:30:15Z', '2024-05-01T00:30:15.000Z'],
    ['2024-05-01T00:30:15.250Z', '2024-05-01T00:30:15.250Z'],
    ['2024-04-30T19:30:15-0500', '2024-05-01T00:30:15.000Z'],
    ['2024-05-01T08:30', '2024-05-01T00:30:00.000Z'],
    ['20240501083015', '2024-05-01T00:30:15.000Z'],
    ['2024-05-01 08:30', '2024-05-01T00:30:00.000Z'],
    ['2024-05-01 08:30:15', '2024-05-01T00:30:15.000Z'],
    ['2024/5/1 8:30', '2024-05-01T00:30:00.000Z'],
    ['２０２４－０５－０１　０８：３０', '2024-05-01T00:30:00.000Z'],
    ['2024年5月1日8时30分15秒', '2024-05-01T00:30:15.000Z'],
    ['2024年05月01日 08:30', '2024-05-01T00:30:00.000Z'],
    ['2024年05月01日 08:30:15', '2024-05-01T00:30:15.000Z'],
    ['2024年5月1日 8点30分', '2024-05-01T00:30:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(iso(text)).toBe(expected);
  });

  it.each([
    ['2024-05-01 3:15 PM', 'TIME_TWELVE_HOUR'],
    ['2024年5月1日下午3点15分', 'TIME_TWELVE_HOUR'],
    ['2024-02-30 08:00', 'TIME_IMPOSSIBLE'],
    ['2023-02-29 08:00', 'TIME_IMPOSSIBLE'],
    ['2024-13-01 08:00', 'TIME_IMPOSSIBLE'],
    ['2024-05-01 24:00', 'TIME_IMPOSSIBLE'],
    ['2024-05-01 08:61', 'TIME_IMPOSSIBLE'],
    ['20241301083015', 'TIME_IMPOSSIBLE'],
    ['2024-05-01T08:30+19:00', 'TIME_IMPOSSIBLE'],
    ['2024-05-01', 'TIME_NOT_READ'],
    ['08:30', 'TIME_NOT_READ'],
    ['1714523415', 'TIME_NOT_READ'],
    ['', 'VALUE_MISSING'],
  ])('refuses "%s" as %s', (text, code) => {
    expect(iso(text)).toBe(code);
  });

  it('is read back from how it is shown, to the second', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1950-01-01T00:00:00Z'), max: new Date('2150-01-01T00:00:00Z'), noInvalidDate: true }), (instant) => {
        const second = new Date(Math.floor(instant.getTime() / 1000) * 1000);
        expect(parseInstant(formatChinaTime(second), 'at')).toEqual(second);
      }),
    );
  });

  it('may be now but not later', () => {
    const now = new Date('2026-05-01T00:00:00Z');

    expect(refuseFuture(now, now, 'at')).toBeUndefined();
    expect(refuseFuture(new Date(now.getTime() + 1), now, 'at')).toMatchObject({ code: 'TIME_IN_FUTURE', path: 'at' });
  });

  it('falls on the day and in the year of China', () => {
    expect(chinaDay(new Date('2025-12-31T16:00:00Z'))).toBe('2026-01-01');
    expect(chinaYear(new Date('2025-12-31T15:59:59Z'))).toBe(2025);
  });

  it('knows leap years', () => {
    expect([2024, 1900, 2000, 2023].map((year) => isCalendarDay(year, 2, 29))).toEqual([true, false, true, false]);
    expect([isCalendarDay(2024, 0, 1), isCalendarDay(2024, 1, 0), isCalendarDay(2024, 4, 31)]).toEqual([false, false, false]);
  });
});
