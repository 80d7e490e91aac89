import { parsePoliceUnitCode, regionOfUnit } from './police-unit-code';

describe('a police unit code', () => {
  it('has twelve digits and begins with a region', () => {
    expect(parsePoliceUnitCode('９９０１０１ 000000', 'unit')).toBe('990101000000');
    expect(regionOfUnit('990101000000')).toBe('990101');
  });

  it.each(['99010100000', '000000000000', '990001000000', '99010100000A'])('is not %s', (text) => {
    expect(parsePoliceUnitCode(text, 'unit')).toMatchObject({ code: 'POLICE_UNIT_FORM', path: 'unit' });
  });

  it('is required where it is asked for', () => {
    expect(parsePoliceUnitCode(' ', 'unit')).toMatchObject({ code: 'VALUE_MISSING' });
  });
});
