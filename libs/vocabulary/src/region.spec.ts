import fc from 'fast-check';
import { isRefusal } from './refusal';
import { approvalLevelOf, isLevelAtLeast, isWithinScope, parseRegion, provinceOf, regionLevelOf, regionScope, regionWarnings } from './region';
import { provinces } from './region-provinces';

const pair = (min: number) => fc.integer({ min, max: 99 }).map((number) => String(number).padStart(2, '0'));
const county = fc.tuple(pair(1), pair(1), pair(1)).map((pairs) => pairs.join(''));

describe('a region', () => {
  it.each([
    ['110000', 'PROVINCE'],
    ['110100', 'CITY'],
    ['110105', 'COUNTY'],
    ['４２９００４', 'COUNTY'],
  ])('%s is a %s', (text, level) => {
    expect(parseRegion(text, 'region')).toMatchObject({ level });
  });

  it.each(['000000', '001234', '110005', '11010', '1101055', '北京'])('is not %s', (text) => {
    expect(parseRegion(text, 'region')).toMatchObject({ code: 'REGION_NOT_SIX_DIGITS' });
  });

  it('is refused when a county is needed and a province or city is given', () => {
    expect(parseRegion('110000', 'region', 'COUNTY')).toMatchObject({ code: 'REGION_COUNTY_NEEDED' });
    expect(parseRegion('110100', 'region', 'COUNTY')).toMatchObject({ code: 'REGION_COUNTY_NEEDED' });
    expect(parseRegion('110000', 'region', 'CITY')).toMatchObject({ code: 'REGION_CITY_NEEDED' });
    expect(isRefusal(parseRegion('110105', 'region', 'CITY'))).toBe(false);
  });

  it('is doubted, not refused, when its province was never assigned', () => {
    expect(regionWarnings({ code: '990101' }, 'region')).toEqual([{ code: 'REGION_UNKNOWN', path: 'region', parameters: {} }]);
    expect(regionWarnings({ code: '110105' }, 'region')).toEqual([]);
  });

  it('is doubted when the county was abolished (崇文, 2010) or never assigned', () => {
    expect(regionWarnings({ code: '110103' }, 'region')).toMatchObject([{ code: 'REGION_NOT_IN_FORCE' }]);
    expect(regionWarnings({ code: '110199' }, 'region')).toMatchObject([{ code: 'REGION_NOT_IN_FORCE' }]);
    expect(['320500', '320505', '320000', '810000', '710000'].flatMap((code) => regionWarnings({ code }, 'region'))).toEqual([]);
  });

  it('gives its unit the approval level of its own level', () => {
    expect(['990000', '990100', '990101'].map(approvalLevelOf)).toEqual(['PROVINCE', 'CITY', 'COUNTY']);
    expect(isLevelAtLeast('CITY', 'COUNTY')).toBe(true);
    expect(isLevelAtLeast('CITY', 'CITY')).toBe(true);
    expect(isLevelAtLeast('COUNTY', 'CITY')).toBe(false);
  });

  it('has a scope that holds itself and what lies below, and nothing beside', () => {
    fc.assert(
      fc.property(county, county, (code, other) => {
        const [city, province] = [`${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`];
        expect([code, city, province].map((scope) => isWithinScope(code, regionScope(scope)))).toEqual([true, true, true]);
        expect(isWithinScope(province, regionScope(city))).toBe(false);
        expect(isWithinScope(other, regionScope(city))).toBe(other.slice(0, 4) === code.slice(0, 4));
      }),
    );
  });

  it('keeps a zero that belongs to a pair', () => {
    expect(regionScope('990110')).toBe('990110');
    expect(regionScope('991000')).toBe('9910');
    expect(regionScope('100000')).toBe('10');
  });

  it('never makes a scope that would hold everything', () => {
    expect(() => regionScope('000000')).toThrow('begin with a province');
    expect(() => regionScope('')).toThrow('six digits');
    expect(() => regionLevelOf('99')).toThrow('six digits');
    expect(isWithinScope('110105', '')).toBe(false);
  });

  it('has 34 provinces with names in both languages', () => {
    expect(Object.keys(provinces)).toHaveLength(34);
    expect(provinceOf('110105')).toEqual({ zh: '北京市', en: 'Beijing' });
    expect(provinceOf('990101')).toBeUndefined();
  });
});
