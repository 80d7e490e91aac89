import { clockCaller, partnerCaller } from './caller';

describe('a system actor', () => {
  it('is the clock of an agency, with no role, unit or institution', () => {
    expect(clockCaller('banks')).toEqual({
      id: 'clock', name: 'clock', agency: 'banks', roles: [], institution: null, unit: null, region: null, kind: 'clock',
    });
  });

  it('is the partner whose message is handled, inside the agency that handles it', () => {
    expect(partnerCaller('banks', 'police')).toMatchObject({ id: 'partner:police', agency: 'banks', kind: 'partner', roles: [] });
  });
});
