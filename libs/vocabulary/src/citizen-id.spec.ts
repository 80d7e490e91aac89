import fc from 'fast-check';
import { citizenIdDigit } from './check-digit';
import { ageAt, citizenIdWarnings, maskCitizenId, parseCitizenId, type CitizenId } from './citizen-id';
import { isRefusal } from './refusal';

const now = new Date('2026-05-01T00:00:00+08:00');
const parsed = (text: string) => parseCitizenId(text, 'id', now);
const code = (text: string) => (parsed(text) as { code?: string }).code;
/** An id of a region that was never assigned, with its check digit. */
const invented = (birth: string, sequence = '001') => `990101${birth}${sequence}` + citizenIdDigit(`990101${birth}${sequence}`);

describe('a citizen id', () => {
  it("is read from the standard's own examples", () => {
    expect(parsed('11010519491231002X')).toEqual({ number: '11010519491231002X', regionCode: '110105', birthDate: '1949-12-31', sex: 'FEMALE' });
    expect(parsed('440524188001010014')).toMatchObject({ birthDate: '1880-01-01', sex: 'MALE' });
  });

  it('takes a small x, spaces and full-width digits', () => {
    expect(parsed(' １１０１０５ 19491231 002x ')).toMatchObject({ number: '11010519491231002X' });
  });

  it.each([
    ['', 'VALUE_MISSING'],
    ['110105********002X', 'ID_MASKED'],
    ['110105491231002', 'CITIZEN_ID_FIFTEEN_DIGITS'],
    ['1101051949123100', 'CITIZEN_ID_WRONG_LENGTH'],
    ['11010519491231O02X', 'CITIZEN_ID_BAD_CHARACTER'],
    ['11010519490229002X', 'CITIZEN_ID_BIRTH_DATE'],
    [invented('20260502'), 'CITIZEN_ID_BIRTH_DATE'],
    ['110105194912310020', 'CITIZEN_ID_CHECK_DIGIT'],
  ])('refuses "%s" as %s', (text, expected) => {
    expect(code(text)).toBe(expected);
  });

  it('finds every wrong digit and every swap of neighbours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), fc.nat(16), (sequence, at) => {
        const right = invented('19800615', String(sequence).padStart(3, '0'));
        const swapped = right.slice(0, at) + right.charAt(at + 1) + right.charAt(at) + right.slice(at + 2);
        expect(isRefusal(parsed(right))).toBe(false);
        expect(isRefusal(parsed(swapped))).toBe(swapped !== right);
      }),
    );
  });

  it('tells the sex by its sequence', () => {
    expect(parsed(invented('19800615', '001'))).toMatchObject({ sex: 'MALE' });
    expect(parsed(invented('19800615', '002'))).toMatchObject({ sex: 'FEMALE' });
  });

  it('is doubted, not refused, for a region that is not assigned', () => {
    const id = parsed(invented('19800615')) as CitizenId;
    expect(citizenIdWarnings(id, 'id').map((warning) => warning.code)).toEqual(['REGION_UNKNOWN']);
  });

  it('gives its holder a year more on the day after the birthday, to the day in China', () => {
    expect([ageAt('2012-05-01', now), ageAt('2012-04-30', now)]).toEqual([13, 14]);
    expect(ageAt('2008-05-01', new Date('2026-05-01T15:59:59Z'))).toBe(17);
    expect(ageAt('2008-05-01', new Date('2026-05-01T16:00:00Z'))).toBe(18);
  });

  it('hides the date of birth when masked', () => {
    expect(maskCitizenId('11010519491231002X')).toBe('110***********002X');
  });
});
